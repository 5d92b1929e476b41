import * as z from 'zod/mini'
import { githubWebhook, type HistoryWebhook, type JsonObject, type Told } from '../webhook.ts'
import { asItWas } from './as-it-was.ts'
import type { Change } from './change.ts'
import type { BranchPush } from './push.ts'
import { seenAt, type Turn, turnsOf } from './turns.ts'

const end = z.looseObject({ ref: z.string(), sha: z.string(), repo: z.nullish(z.looseObject({ id: z.int() })) })

/** What is read of a pull request as `GET /repos/{owner}/{repo}/pulls/{number}` gives it; the rest is handed on. */
export const restPull = z.looseObject({
  number: z.int(),
  state: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  closed_at: z.nullish(z.string()),
  merged_at: z.nullish(z.string()),
  commits: z.nullish(z.int()),
  head: end,
  base: end,
})
export type RestPull = z.infer<typeof restPull>

export const restReview = z.looseObject({ state: z.nullish(z.string()), submitted_at: z.nullish(z.string()) })
export type RestReview = z.infer<typeof restReview>

/** What is known of a pull request beside itself. */
export interface PullHistory {
  readonly reviews: readonly RestReview[]
  /** Those of this pull request, in the order of time. */
  readonly changes: readonly Change[]
  /** Those to its branch between its opening and its end, in the order of time; of a fork none is known. */
  readonly pushes: readonly BranchPush[]
  /** Its commits, where its pushes are not known: builds of a former head find it by them. */
  readonly commits: readonly string[]
}

/** What the pull request in a review lacks. */
const NOT_IN_REVIEWS = new Set([
  ...['merged', 'mergeable', 'mergeable_state', 'merged_by', 'rebaseable', 'comments', 'review_comments'],
  ...['maintainer_can_modify', 'commits', 'additions', 'deletions', 'changed_files'],
])

const ACTION_OF_CHANGE: ReadonlyMap<Change['kind'], string> = new Map([
  ['review_requested', 'review_requested'],
  ['ready_for_review', 'ready_for_review'],
  ['convert_to_draft', 'converted_to_draft'],
])

interface Moment {
  readonly at: string
  /** Of what happens in one second: a close is the last thing. */
  readonly rank: number
  readonly webhook: () => HistoryWebhook
}

/** The `pull_request` and `pull_request_review` webhooks that a pull request has sent, in the order of time. */
export const pullTold = (repository: JsonObject, pull: RestPull, history: PullHistory): Told => {
  const { reviews, changes, pushes, commits } = history
  const turns = turnsOf(pull, changes)
  const stand = standing(pull, turns, history)
  const tell = (action: string, at: string, more: JsonObject = {}, seen = at) =>
    githubWebhook('pull_request', {
      action,
      number: pull.number,
      pull_request: { ...stand(at), updated_at: seen },
      repository,
      ...more,
    })
  const moments: Moment[] = [
    ...turns.map((turn) => ({ at: turn.at, rank: 2, webhook: () => tell(turn.kind, turn.at, {}, seenAt(turn)) })),
    ...changes.flatMap((change) => {
      const action = ACTION_OF_CHANGE.get(change.kind)
      return action === undefined
        ? []
        : [{ at: change.at, rank: 1, webhook: () => tell(action, change.at, asked(change)) }]
    }),
    ...pushes
      .filter(({ at }) => isOpenBefore(turns, at))
      .map(({ at, before, after }) => ({ at, rank: 0, webhook: () => tell('synchronize', at, { before, after }) })),
    ...reviews.flatMap((review) => {
      const at = review.submitted_at
      return at == null ? [] : [{ at, rank: 1, webhook: () => reviewed(repository, stand(at), review) }]
    }),
    ...(pull.state === 'closed' ? [] : [standsNow(pull, tell)]),
  ]
  const opened = pushes.length === 0 ? [] : [tell('opened', pull.created_at)]
  const named = inPairs(commits).map(([before, after]) => tell('edited', pull.created_at, { before, after }))
  return [...opened, ...named, ...moments.sort(inOrder).map(({ webhook }) => webhook())]
}

/** A webhook names two commits beside the head. */
const inPairs = (commits: readonly string[]): readonly (readonly [string, string | null])[] =>
  commits.flatMap((sha, index) => (index % 2 === 0 ? [[sha, commits[index + 1] ?? null] as const] : []))

const standsNow = (pull: RestPull, tell: (action: string, at: string) => HistoryWebhook): Moment => ({
  at: pull.updated_at,
  rank: 0,
  webhook: () => tell(pull.updated_at === pull.created_at ? 'opened' : 'edited', pull.updated_at),
})

const inOrder = (a: Moment, b: Moment): number => (a.at < b.at ? -1 : Number(a.at > b.at)) || a.rank - b.rank

const asked = ({ kind, value, isTeam }: Change): JsonObject => {
  if (kind !== 'review_requested' || value === undefined) return {}
  return isTeam === true ? { requested_team: { name: value } } : { requested_reviewer: { login: value } }
}

const reviewed = (repository: JsonObject, pull: JsonObject, review: RestReview): HistoryWebhook =>
  githubWebhook('pull_request_review', {
    action: 'submitted',
    review,
    pull_request: Object.fromEntries(Object.entries(pull).filter(([name]) => !NOT_IN_REVIEWS.has(name))),
    repository,
  })

/** GitHub tells a closed pull request of no push to its branch; once it is opened again, it has the new head. */
const isOpenBefore = (turns: readonly Turn[], at: string): boolean =>
  turns.findLast((turn) => turn.at < at)?.kind !== 'closed'

/** The pull request as it stood at a time: open or closed, merged or not yet, with the head of then. */
const standing =
  (pull: RestPull, turns: readonly Turn[], { changes, pushes }: PullHistory) =>
  (at: string): JsonObject => {
    const turn = turns.findLast((one) => one.at <= at)
    const isLast = turn !== undefined && turn === turns.at(-1)
    const sha = pushes.findLast((push) => push.at <= at)?.after ?? pushes[0]?.before ?? pull.head.sha
    const was = asItWas(pull, changes, at)
    const now = { ...was, updated_at: at, head: { ...pull.head, sha: isLast ? pull.head.sha : sha } }
    if (turn?.kind !== 'closed') return { ...now, state: 'open', closed_at: null, ...UNMERGED }
    if (isLast) return now
    return { ...now, state: 'closed', closed_at: turn.at, ...UNMERGED }
  }

/** One that was merged is never opened again, so that only the last close can be a merge. */
const UNMERGED = { merged: false, merged_at: null, merged_by: null }
