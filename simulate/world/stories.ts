import { shaOf } from '../../demo/history/hash.ts'
import type { Random } from '../../demo/history/random.ts'
import { HOUR, SECOND } from '../../demo/history/time.ts'
import { ownBranch } from './branches.ts'
import { givenUp, issueOf, reopening } from './issues.ts'
import type { Branch, IssueChange, Landing, Place } from './model.ts'
import { later } from './moments.ts'
import { PEOPLE } from './places.ts'
import { pullOf } from './pulls.ts'
import { NOTHING_SAID } from './sayings.ts'
import { issueId, type Setting, type Story } from './story.ts'
import { work } from './work.ts'

const KINDS = { work: 62, answered: 7, open: 4, 'back and forth': 4, unplanned: 11, pushed: 12 }

export const storyOf = (random: Random, setting: Setting): Story => {
  const place = random.pick(setting.places)
  switch (random.weighted(KINDS)) {
    case 'work':
      return work(random, setting, place)
    case 'answered':
      return withoutWork(random, setting, place, 1)
    case 'back and forth':
      return withoutWork(random, setting, place, 3)
    case 'open':
      return withoutWork(random, setting, place, 0)
    case 'unplanned':
      return unplanned(random, setting, place)
    case 'pushed':
      return pushed(random, setting, place)
  }
}

/** An issue that nobody works on, closed so often, each time but the last opened again. */
const withoutWork = (random: Random, { id, fromMillis }: Setting, place: Place, closes: number): Story => {
  const changes: IssueChange[] = []
  let atMillis = fromMillis
  for (let at = 0; at < closes; at += 1) {
    const closed = givenUp(random, later(atMillis, random.around(20 * HOUR)))
    changes.push(closed)
    if (at === closes - 1) break
    const reopened = reopening(random, closed.atMillis)
    changes.push(reopened)
    atMillis = reopened.atMillis
  }
  return {
    issues: [issueOf(random, { id: issueId(id, 1), place, openedMillis: fromMillis }, changes)],
    pulls: [],
    pushes: [],
  }
}

/** A pull request for no issue; its branch may look as if it were for one. */
const unplanned = (random: Random, { id, moments, fromMillis }: Setting, place: Place): Story => {
  const isFork = random.chance(0.25)
  const pull = pullOf(random, moments, {
    id: `${id}/pull`,
    place,
    openedMillis: fromMillis,
    says: NOTHING_SAID,
    branch: falseFriend(random, id, isFork),
    sharesBranch: true,
    isMerged: random.chance(0.8),
    base: random.chance(0.85) ? 'main' : 'release/next',
    isFork,
  })
  return { issues: [], pulls: [pull], pushes: [] }
}

/** Long-lived branches, numbers of nothing, and in forks the branch that is called as the default branch is. */
const falseFriend = (random: Random, id: string, isFork: boolean): Branch => {
  const kind = random.weighted({ words: 40, 'long-lived': 35, number: 20 })
  if (kind === 'number') return { kind: 'number', of: undefined, before: '', words: 'clean-up' }
  if (kind === 'words') return ownBranch(id)
  return { kind: 'words', name: isFork ? 'main' : 'develop' }
}

/** A push straight onto the default branch, for an issue or for none. */
const pushed = (random: Random, { id, moments, fromMillis }: Setting, place: Place): Story => {
  const atMillis = moments(place.fullName, later(fromMillis, random.around(5 * HOUR)))
  const fixes = random.chance(0.45) ? issueId(id, 1) : undefined
  const by = random.pick(PEOPLE)
  const landing: Landing = {
    place,
    sha: shaOf(id, 'push'),
    atMillis,
    pushedMillis: atMillis,
    by,
    ...(fixes === undefined ? {} : { fixes }),
  }
  if (fixes === undefined) return { issues: [], pulls: [], pushes: [landing] }
  const doneMillis = atMillis + random.pick([0, 1, 2]) * SECOND
  const comesBack = random.chance(0.1) ? [reopening(random, doneMillis)] : []
  return {
    issues: [issueOf(random, { id: fixes, place, openedMillis: fromMillis, doneMillis }, comesBack)],
    pulls: [],
    pushes: [landing],
  }
}
