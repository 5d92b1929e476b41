import type { Random } from '../../demo/history/random.ts'
import { HOUR, MINUTE, SECOND } from '../../demo/history/time.ts'
import type { Issue, IssueChange, Person, Place } from './model.ts'
import { later } from './moments.ts'
import { PEOPLE } from './places.ts'

interface Start {
  readonly id: string
  readonly place: Place
  readonly openedMillis: number
  /** When it is closed for the first time by those who work on it; absent if they never do. */
  readonly doneMillis?: number
}

/** An issue with its labels, and with what becomes of it after its first end. */
export const issueOf = (
  random: Random,
  { id, place, openedMillis, doneMillis }: Start,
  more: readonly IssueChange[],
): Issue => {
  const author: Person = random.pick(PEOPLE)
  const closed: IssueChange[] =
    doneMillis === undefined ? [] : [{ action: 'closed', atMillis: doneMillis, reason: 'completed' }]
  const changes = labelled(random, openedMillis, [...closed, ...more])
  return { id, place, openedMillis, author, changes }
}

/** An end without work: answered, or not planned. */
export const givenUp = (random: Random, atMillis: number): IssueChange => ({
  action: 'closed',
  atMillis,
  reason: random.chance(0.5) ? 'completed' : 'not_planned',
})

/** Opened again, now and then by a machine in the very second of the close. */
export const reopening = (random: Random, closedMillis: number): IssueChange => ({
  action: 'reopened',
  atMillis: random.chance(0.04) ? closedMillis : later(closedMillis, random.around(30 * HOUR)),
})

/** Labels come at any time, also when all is over; no two changes in one second, but for what `changes` says. */
const labelled = (random: Random, openedMillis: number, changes: readonly IssueChange[]): readonly IssueChange[] => {
  const taken = new Set([openedMillis, ...changes.map(({ atMillis }) => atMillis)])
  const free = (wantedMillis: number): number => {
    let atMillis = wantedMillis
    while (taken.has(atMillis)) atMillis += SECOND
    taken.add(atMillis)
    return atMillis
  }
  const at: number[] = []
  if (random.chance(0.5)) at.push(free(later(openedMillis, random.between(0, 30) * MINUTE)))
  const last = changes.at(-1)
  if (last !== undefined && random.chance(0.15)) at.push(free(later(last.atMillis, random.between(1, 3000) * SECOND)))
  const labels = at.map((atMillis): IssueChange => ({ action: 'labeled', atMillis }))
  // A stable sort: a close stays before the reopening of its second.
  return [...changes, ...labels].sort((a, b) => a.atMillis - b.atMillis)
}
