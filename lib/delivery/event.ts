import type { ActivityKey, Operation } from './activity.ts'
import type { Attributes } from './attributes.ts'
import type { Happening } from './happening.ts'
import type { LinkReason, Name, Reference } from './reference.ts'
import type { Result } from './result.ts'

/** What happened, by rank: where two reports bear the same second, the later stage is the truer one. */
export const STAGES = { started: 0, updated: 1, reopened: 2, finished: 3 } as const
export type Stage = keyof typeof STAGES

/**
 * How sure a time is: `reported` by the source as such, `derived` from two other reported figures, `estimated` from a
 * report that was made about then, or `guessed` because nothing was reported. The surer one wins whenever it comes.
 */
export const CERTAINTIES = { guessed: 0, estimated: 1, derived: 2, reported: 3 } as const
export type Certainty = keyof typeof CERTAINTIES

/** A point in time by the source's clock, epoch milliseconds. */
export interface Moment {
  readonly atMillis: number
  readonly certainty: Certainty
}

/** The end of an episode; `durationMillis` serves where the end itself is only estimated. */
export interface Ending extends Moment {
  readonly result: Result
  readonly durationMillis?: number
}

/** By which commit, and when, a pull request or a push came onto the default branch of its repository. */
export interface Landing {
  readonly sha: string
  readonly atMillis: number
}

/** By which way to look for a parent, what to look for. An empty list withdraws what an earlier report said. */
export type References = { readonly [reason in LinkReason]?: readonly Reference[] }

/**
 * The normalised fact that a webhook reports of one activity. `observedMillis` is the source's clock at the report,
 * never the time of arrival. A report names every time that it knows: a finish carries its start too.
 */
export interface DeliveryEvent {
  readonly key: ActivityKey
  readonly operation: Operation
  readonly stage: Stage
  readonly observedMillis: number
  readonly opened: Moment
  readonly reopenedMillis?: number
  readonly ended?: Ending
  readonly attributes: Attributes
  readonly references: References
  /** What the activity may be referred to as, beside its key. */
  readonly names: readonly Name[]
  /** Since when a run has waited to be started. */
  readonly queuedMillis?: number
  readonly happenings?: readonly Happening[]
  readonly landed?: Landing
}
