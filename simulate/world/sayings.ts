import { shaOf } from '../../demo/history/hash.ts'
import type { Random } from '../../demo/history/random.ts'
import type { Branch, Closing, Place, Saying } from './model.ts'

export const NOTHING_SAID: Saying = { markers: [], closes: [] }

interface Named {
  readonly id: string
  readonly place: Place
}

interface Relation {
  readonly issue: Named
  /** Another issue that it closes as well. */
  readonly also?: Named | undefined
  readonly where: Place
  readonly id: string
}

export interface Said {
  readonly says: Saying
  readonly saysLater?: Saying
  /** By what the branch has to say it where the texts do not. */
  readonly byBranch?: 'marker' | 'number'
}

/** What the author of a pull request writes of its issue, at once or by an edit, or leaves to the branch. */
export const sayingFor = (random: Random, { issue, also, where }: Relation): Said => {
  const isElsewhere = issue.place !== where
  const way = random.weighted({
    closing: 52,
    marker: 14,
    both: 6,
    'branch marker': isElsewhere && !isPlain(issue.place) ? 0 : 12,
    'branch number': isElsewhere ? 0 : 12,
    late: 8,
    withdrawn: 3,
  })
  const closes = { of: issue.id, in: random.weighted({ body: 85, title: 15 }), by: closingOf(random, isElsewhere) }
  const more =
    also === undefined ? [] : [{ of: also.id, in: 'body' as const, by: closingOf(random, also.place !== where) }]
  const closing: Saying = { markers: [], closes: [closes, ...more] }
  // In another repository's text the end of such a name would be read as the number.
  const canMark = !isElsewhere || isPlain(issue.place)
  const isShort = issue.place.facts.owner === where.facts.owner && random.chance(0.3)
  const marker: Saying = canMark
    ? { markers: [{ of: issue.id, in: random.weighted({ body: 50, title: 50 }), isShort }], closes: more }
    : closing
  switch (way) {
    case 'closing':
      return { says: closing }
    case 'marker':
      return { says: marker }
    case 'both':
      return { says: { markers: marker.markers, closes: closing.closes } }
    case 'branch marker':
      return canMark ? { says: { markers: [], closes: more }, byBranch: 'marker' } : { says: closing }
    case 'branch number':
      return { says: NOTHING_SAID, byBranch: 'number' }
    case 'late':
      return { says: NOTHING_SAID, saysLater: closing }
    case 'withdrawn':
      return { says: closing, saysLater: NOTHING_SAID }
  }
}

/** Whether a marker with this repository's name can be read from anywhere. */
export const isPlain = ({ facts }: Place): boolean => !/-\d/.test(facts.name)

const closingOf = (random: Random, isElsewhere: boolean): Closing =>
  random.weighted<Closing>({ number: isElsewhere ? 0 : 70, 'full name': 20, address: 10 })

export const branchFor = (random: Random, { byBranch }: Said, { issue, where, id }: Relation): Branch => {
  const words = `fix-${shaOf(id).slice(0, 6)}`
  if (byBranch === 'marker') {
    const isShort = issue.place.facts.owner === where.facts.owner && random.chance(0.3)
    return { kind: 'marker', of: issue.id, isShort, words }
  }
  if (byBranch === 'number') {
    return { kind: 'number', of: issue.id, before: random.pick(['', 'issue-', 'gh-', 'feature/']), words }
  }
  return { kind: 'words', name: `${random.pick(['fix', 'feature'])}/${words}` }
}
