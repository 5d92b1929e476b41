import type { ActivityKey, Operation } from './activity.ts'
import type { Context, Relation } from './context.ts'
import { decide, type Known } from './decide.ts'
import type { DeliveryEvent, Stage } from './event.ts'
import type { Attempt, Outcome } from './parents.ts'
import type { LinkReason, Name } from './reference.ts'

/** By what each way to a relation goes, to be read after "found by". */
export const REASON_MEANINGS: Readonly<Record<LinkReason, string>> = {
  marker: 'a marker vstrace-github-…, or what the event names as its parent',
  traceparent: 'a W3C traceparent',
  closing_keyword: 'a closing keyword such as "Closes #12"',
  parent_issue: 'the issue that it is a sub-issue of',
  branch_number: 'the number in the name of its branch',
  pull_request_number: 'the number of the pull request, in a job PR-<n> or in what the run says',
  change_id: 'the parameter CHANGE_ID',
  head_sha: 'a commit that is, or was, the head of a pull request',
  merge_sha: 'a commit that came onto the default branch',
  branch: 'the branch of a pull request',
  upstream_build: 'the run that started it',
  previous_attempt: 'the attempt before',
  transferred_from: 'the issue that it was before its transfer',
  caused_by: 'what the event names as its cause',
  queued: 'the waiting of a run for the same commit',
}

const OUTCOME_MEANINGS: Readonly<Record<Outcome, string>> = {
  parent: 'taken as the parent',
  link: 'linked',
  waited: 'tells since when it has waited',
  outranked: 'not needed: a better way has found the parent',
  not_known: 'nothing is known by this name yet',
  younger: 'linked only: it is younger than what names it',
  itself: 'it is the activity itself',
}

/** One way that was tried, in words. */
export interface ExplainedAttempt extends Attempt {
  readonly foundBy: string
  readonly meaning: string
}

/** What one event says of one activity, and why it hangs from what it hangs from. */
export interface Explanation {
  readonly key: ActivityKey
  readonly operation: Operation
  readonly stage: Stage
  readonly traceId: string
  readonly parent?: Relation
  readonly links: readonly Relation[]
  /** One sentence: which parent and why, or why none. */
  readonly because: string
  readonly attempts: readonly ExplainedAttempt[]
  /** What others may find it by, beside its key. */
  readonly names: readonly Name[]
}

/**
 * Why an event's activity is linked as it is: the same decision as when it is recorded, with every way that was tried.
 *
 * @param known what is known of others; {@link NOTHING_KNOWN} tells what the payload alone says
 * @param before what is known of the activity itself
 */
export const explain = (event: DeliveryEvent, known: Known, before?: Context): Explanation => {
  const { context, attempts } = decide(before, known, event)
  const { key, facts, traceId, parent, links } = context
  return {
    key,
    operation: facts.operation,
    stage: event.stage,
    traceId,
    ...(parent === undefined ? {} : { parent }),
    links,
    because: because(attempts, parent),
    attempts: attempts.map((attempt) => ({
      ...attempt,
      foundBy: REASON_MEANINGS[attempt.reason],
      meaning: OUTCOME_MEANINGS[attempt.outcome],
    })),
    names: facts.names,
  }
}

export const NOTHING_KNOWN: Known = { names: new Map(), mainline: [] }

/** One sentence for people and for logs: which parent was taken and by what, or why none. */
export const because = (attempts: readonly Attempt[], parent: Relation | undefined): string => {
  const taken = attempts.find(({ outcome }) => outcome === 'parent')
  if (taken !== undefined && parent !== undefined) {
    return `${parent.key} is the parent, found by ${REASON_MEANINGS[taken.reason]}`
  }
  const missed = attempts.filter(({ outcome }) => outcome === 'not_known').map(({ reason }) => reason)
  if (missed.length > 0) return `no parent: nothing is known yet by ${[...new Set(missed)].join(', ')}`
  return attempts.length === 0
    ? 'no parent: nothing in the payload names one'
    : 'no parent: what the payload names makes links only'
}
