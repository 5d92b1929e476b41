import { shaOf } from '../../demo/history/hash.ts'
import type { Random } from '../../demo/history/random.ts'
import { HOUR, MINUTE, SECOND } from '../../demo/history/time.ts'
import type { Branch, Person, Place, Pull, PullChange, Saying } from './model.ts'
import { later, type Moments } from './moments.ts'
import { BOT, OUTSIDER, PEOPLE } from './places.ts'

export interface Attempt {
  readonly id: string
  readonly place: Place
  readonly openedMillis: number
  readonly says: Saying
  readonly saysLater?: Saying
  readonly branch: Branch
  /** The commit that it starts with, where another pull request had it before. */
  readonly firstSha?: string
  readonly isMerged: boolean
  readonly base: string
  readonly isFork: boolean
  /** Whether another pull request may have the same branch, so that this one must not be opened again. */
  readonly sharesBranch?: boolean
}

/** One pull request from its opening to its end, with pushes, reviews, drafts, and now and then a second life. */
export const pullOf = (random: Random, moments: Moments, attempt: Attempt): Pull => {
  const { id, place, openedMillis, says, saysLater, branch, base, isFork } = attempt
  const author = isFork ? OUTSIDER : random.pick(PEOPLE)
  const isDraft = random.chance(0.2)
  const work = workOf(random, { id, author, fromMillis: openedMillis, isDraft, round: 0 })
  const edited: PullChange[] =
    saysLater === undefined ? [] : [{ kind: 'edited', atMillis: later(endOf(work, openedMillis), MINUTE) }]
  const first = [...work, ...edited]
  const ends = endsOf(random, moments, attempt, author, endOf(first, openedMillis))
  return {
    ...{ id, place, openedMillis, author, isDraft, isFork, base, branch, says },
    ...(saysLater === undefined ? {} : { saysLater }),
    firstSha: attempt.firstSha ?? shaOf(id, 'push', 'first'),
    changes: [...first, ...ends],
  }
}

const endOf = (changes: readonly PullChange[], openedMillis: number): number => changes.at(-1)?.atMillis ?? openedMillis

interface Work {
  readonly id: string
  readonly author: Person
  readonly fromMillis: number
  readonly isDraft: boolean
  readonly round: number
}

type Step = PullChange extends infer C ? (C extends PullChange ? Omit<C, 'atMillis'> : never) : never

const workOf = (random: Random, { id, author, fromMillis, isDraft, round }: Work): readonly PullChange[] => {
  const reviewer = random.pick(PEOPLE)
  const step = (): Step => {
    const kind = random.weighted({ pushed: 30, reviewed: 30, asked: 12, answered: 8, checked: 5, drafted: 5 })
    if (kind === 'pushed') return { kind: 'pushed', sha: shaOf(id, 'push', round, random.next()) }
    if (kind === 'asked') return { kind: 'review requested', of: reviewer }
    if (kind === 'drafted') return { kind: 'drafted' }
    const by = kind === 'reviewed' ? random.pick(PEOPLE) : kind === 'answered' ? author : BOT
    return { kind: 'reviewed', by, state: random.pick(['approved', 'changes_requested', 'commented']) }
  }
  const steps = Array.from({ length: Math.floor(random.between(0, 5)) }, step)
  let atMillis = fromMillis
  const timed = withReadiness(steps, isDraft).map((one): PullChange => {
    atMillis = later(atMillis, random.chance(0.2) ? random.between(0, 3) * SECOND : random.around(3 * HOUR))
    return { ...one, atMillis } as PullChange
  })
  return timed
}

/** A draft is made ready before it is made a draft again, and in the end. */
const withReadiness = (steps: readonly Step[], isDraftAtFirst: boolean): readonly Step[] => {
  let isDraft = isDraftAtFirst
  const told = steps.flatMap((step): Step[] => {
    if (step.kind !== 'drafted') return [step]
    isDraft = !isDraft
    return isDraft ? [step] : [{ kind: 'ready' }]
  })
  return isDraft ? [...told, { kind: 'ready' }] : told
}

const endsOf = (
  random: Random,
  moments: Moments,
  { id, place, isMerged, base, sharesBranch }: Attempt,
  author: Person,
  fromMillis: number,
): readonly PullChange[] => {
  const merge = (afterMillis: number): PullChange => {
    const wanted = later(afterMillis, random.around(2 * HOUR))
    const atMillis = base === 'main' ? moments(place.fullName, wanted) : wanted
    const style = random.chance(0.6) ? 'squash' : 'merge commit'
    return { kind: 'closed', atMillis, merge: { sha: shaOf(id, 'merge'), by: random.pick(PEOPLE), style } }
  }
  const afterwards = (closedMillis: number): readonly PullChange[] => {
    if (!random.chance(0.1)) return []
    const atMillis = later(closedMillis, random.around(HOUR))
    return [{ kind: 'reviewed', atMillis, by: random.pick(PEOPLE), state: 'commented' }]
  }
  const comesBack = random.chance(isMerged ? 0.08 : 0.25) && !sharesBranch
  if (!comesBack) {
    const end: PullChange = isMerged
      ? merge(fromMillis)
      : { kind: 'closed', atMillis: later(fromMillis, random.around(9 * HOUR)) }
    return [end, ...afterwards(end.atMillis)]
  }
  const closed: PullChange = { kind: 'closed', atMillis: later(fromMillis, random.around(4 * HOUR)) }
  const reopened: PullChange = { kind: 'reopened', atMillis: later(closed.atMillis, random.around(20 * HOUR)) }
  const more = workOf(random, { id, author, fromMillis: reopened.atMillis, isDraft: false, round: 1 })
  const worked = endOf(more, reopened.atMillis)
  const end: PullChange = isMerged
    ? merge(worked)
    : { kind: 'closed', atMillis: later(worked, random.around(9 * HOUR)) }
  return [closed, reopened, ...more, end, ...afterwards(end.atMillis)]
}

/** The merge that ended it, with its time. */
export const mergeOf = ({ changes }: Pull) =>
  changes.flatMap((change) =>
    change.kind === 'closed' && change.merge ? [{ ...change.merge, atMillis: change.atMillis }] : [],
  )[0]

/** When it was closed for the first time. */
export const firstCloseOf = ({ changes }: Pull): number | undefined =>
  changes.find(({ kind }) => kind === 'closed')?.atMillis

/** The commits that its head has had, with the times of their pushes. */
export const headsOf = ({
  openedMillis,
  firstSha,
  changes,
}: Pull): readonly { readonly sha: string; readonly atMillis: number }[] => [
  { sha: firstSha, atMillis: openedMillis },
  ...changes.flatMap((change) => (change.kind === 'pushed' ? [{ sha: change.sha, atMillis: change.atMillis }] : [])),
]
