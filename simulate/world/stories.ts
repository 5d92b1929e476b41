import { shaOf } from '../../demo/history/hash.ts'
import type { Random } from '../../demo/history/random.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../demo/history/time.ts'
import { ownBranch } from './branches.ts'
import { givenUp, issueOf, reopening } from './issues.ts'
import type { Branch, Issue, IssueChange, Landing, Place, Pull } from './model.ts'
import { later, type Moments } from './moments.ts'
import { PEOPLE } from './places.ts'
import { firstCloseOf, headsOf, mergeOf, pullOf } from './pulls.ts'
import { branchFor, NOTHING_SAID, sayingFor } from './sayings.ts'

/** A piece of work: issues, the pull requests for them, and what was pushed without one. */
export interface Story {
  readonly issues: readonly Issue[]
  readonly pulls: readonly Pull[]
  readonly pushes: readonly Landing[]
}

export interface Setting {
  readonly id: string
  readonly places: readonly [Place, ...Place[]]
  readonly moments: Moments
  readonly fromMillis: number
}

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

const issueId = (id: string, at: number): string => `${id}/issue ${at}`

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

/** An issue, the pull requests for it, and now and then the same once more. */
const work = (random: Random, setting: Setting, place: Place): Story => {
  const { id, fromMillis } = setting
  const main = issueId(id, 1)
  const also = random.chance(0.1) ? issueId(id, 2) : undefined
  const alsoPlace = random.chance(0.5) ? place : random.pick(setting.places)
  const first = attempts(random, setting, {
    place,
    issue: { id: main, place },
    also: also === undefined ? undefined : { id: also, place: alsoPlace },
    round: 1,
    fromMillis,
  })
  const doneMillis = doneAt(random, first)
  const isDone = random.chance(0.93)
  const { changes, pulls } =
    isDone && random.chance(0.12) ? again(random, setting, { id: main, place }, doneMillis) : { changes: [], pulls: [] }
  const start = { id: main, place, openedMillis: fromMillis }
  const issues = [issueOf(random, isDone ? { ...start, doneMillis } : start, changes)]
  if (also !== undefined) {
    const openedMillis = later(fromMillis, random.between(0, 60) * MINUTE)
    issues.push(
      issueOf(
        random,
        { id: also, place: alsoPlace, openedMillis, doneMillis: later(Math.max(doneMillis, openedMillis), 3 * SECOND) },
        [],
      ),
    )
  }
  return { issues, pulls: [...first, ...pulls], pushes: [] }
}

/** Closed by GitHub with the merge, or by hand when all is delivered. */
const doneAt = (random: Random, pulls: readonly Pull[]): number => {
  const ends = pulls.map((pull) => mergeOf(pull)?.atMillis ?? firstCloseOf(pull) ?? pull.openedMillis)
  const lastMillis = Math.max(...ends)
  return random.chance(0.55) ? lastMillis + random.pick([0, 1, 2]) * SECOND : later(lastMillis, random.around(DAY))
}

const again = (random: Random, setting: Setting, issue: Named, doneMillis: number) => {
  const reopened = reopening(random, doneMillis)
  const pulls = attempts(random, setting, {
    place: issue.place,
    issue,
    also: undefined,
    round: 2,
    fromMillis: reopened.atMillis,
  })
  const closed: IssueChange = {
    action: 'closed',
    atMillis: later(reopened.atMillis, doneAt(random, pulls) - reopened.atMillis),
    reason: 'completed',
  }
  return { changes: [reopened, closed], pulls }
}

interface Named {
  readonly id: string
  readonly place: Place
}

interface Round {
  readonly place: Place
  readonly issue: Named
  readonly also: Named | undefined
  readonly round: number
  readonly fromMillis: number
}

/** One to three pull requests; the last is merged, the others may be given up, and then its branch may be taken over. */
const attempts = (
  random: Random,
  setting: Setting,
  { place, issue, also, round, fromMillis }: Round,
): readonly Pull[] => {
  const count = random.weighted({ one: 70, two: 23, three: 7 })
  const pulls: Pull[] = []
  for (let at = 1; at <= { one: 1, two: 2, three: 3 }[count]; at += 1) {
    const before = pulls.at(-1)
    // Code is seldom where the issue is.
    const where = random.chance(0.12) ? random.pick(setting.places) : place
    const id = `${setting.id}/pull ${round}.${at}`
    const isLast = at === { one: 1, two: 2, three: 3 }[count]
    const closedMillis =
      before === undefined ? undefined : mergeOf(before) === undefined ? firstCloseOf(before) : undefined
    const takesOver =
      before !== undefined &&
      closedMillis !== undefined &&
      before.place === where &&
      !before.isFork &&
      isFinal(before) &&
      random.chance(0.35)
    const saying = sayingFor(random, { issue, also: at === 1 ? also : undefined, where, id })
    const heads = before === undefined ? [] : headsOf(before)
    pulls.push(
      pullOf(random, setting.moments, {
        id,
        place: where,
        openedMillis: later(closedMillis ?? before?.openedMillis ?? fromMillis, random.around(10 * HOUR)),
        ...saying,
        ...(takesOver
          ? { branch: before.branch, firstSha: heads.at(-1)?.sha ?? before.firstSha }
          : { branch: branchFor(random, saying, { issue, where, id }) }),
        isMerged: isLast ? random.chance(0.92) : random.chance(0.5),
        base: random.chance(0.95) ? 'main' : 'release/next',
        isFork: !takesOver && random.chance(0.12),
      }),
    )
  }
  return pulls
}

/** A branch is taken over for good: a pull request that comes back has it for itself. */
const isFinal = ({ changes }: Pull): boolean => !changes.some(({ kind }) => kind === 'reopened')
