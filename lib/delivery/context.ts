import { type ActivityKey, isWaypoint, type Operation } from './activity.ts'
import type { AttributeName, Attributes, AttributeValue } from './attributes.ts'
import type { Ending, Landing, Moment } from './event.ts'
import type { Happening } from './happening.ts'
import type { LinkReason, Name, Reference, RelationReason } from './reference.ts'

/** When a report was made by the source's clock, and the rank of its stage for reports of the same moment. */
export interface Stamp {
  readonly observedMillis: number
  readonly rank: number
}

export interface Stamped<T> extends Stamp {
  readonly value: T
}

/** What is known of one attribute: its latest value, and its earliest for episodes that ended before the latest. */
export interface AttributeHistory {
  readonly latest: Stamped<AttributeValue>
  readonly earliest: Stamped<AttributeValue>
}

/** An end, with the attributes that were reported with it. */
export interface RecordedEnding extends Ending {
  readonly reported: Stamped<Attributes>
}

/**
 * All that was ever reported of an activity, in a form in which two reports can be joined in any order, any number of
 * times, with the same outcome.
 */
export interface Facts {
  readonly operation: Operation
  readonly opened: Moment
  readonly reopenedMillis: readonly number[]
  readonly endings: readonly RecordedEnding[]
  readonly attributes: { readonly [name in AttributeName]?: AttributeHistory }
  readonly references: { readonly [reason in LinkReason]?: Stamped<readonly Reference[]> }
  readonly names: readonly Name[]
  readonly queuedMillis?: number
  readonly happenings: readonly Happening[]
  readonly landed?: Landing
  /** What was cut, since it was too long or there was too much of it: attributes, and parts such as `references`. */
  readonly cut: readonly string[]
}

/**
 * A span that an activity hangs from or points to; `via` is the name by which it was found. Without `spanId` it is none,
 * as a commit that belongs to nothing: what hangs from it shares its trace.
 */
export interface Relation {
  readonly via: Name
  readonly key: ActivityKey
  readonly traceId: string
  readonly spanId?: string
  readonly reason: RelationReason
}

/**
 * What has become of a span.
 * - `held`: its end is only an estimate, and a surer report may come any moment; nobody has seen it yet
 * - `pending`: it is to go out, or is on its way: the outbox
 * - `accepted`: the backend has it
 * - `undeliverable`: the backend will never take it, for what `message` says
 */
export type EmissionState = 'held' | 'pending' | 'accepted' | 'undeliverable'

/**
 * One span that has gone, or is to go, to the backend. `revision` counts the corrections; `formerTraceIds` are the traces
 * under which earlier revisions went out.
 */
export interface Emission {
  readonly episode: number
  readonly fingerprint: string
  readonly revision: number
  readonly traceId: string
  readonly formerTraceIds: readonly string[]
  readonly state: EmissionState
  readonly message?: string
}

/** The span context: what the table keeps of one activity. `version` counts its writes; 0 was never written. */
export interface Context {
  readonly key: ActivityKey
  readonly version: number
  readonly facts: Facts
  readonly traceId: string
  readonly parent?: Relation
  readonly links: readonly Relation[]
  /** Since when it has waited, as another activity tells. */
  readonly queuedMillis?: number
  /** Whether it has deployed an older revision than the deploy before it. */
  readonly rollback?: boolean
  /** The names whose claimants, when they change, have this activity considered again. */
  readonly watching: readonly Name[]
  readonly emissions: readonly Emission[]
}

/**
 * What others need to know of an activity in order to hang from it. `openings` are the starts of its episodes; `above` is
 * what stands for it where it becomes no span itself.
 */
export interface Summary {
  readonly key: ActivityKey
  readonly traceId: string
  readonly openings: readonly number[]
  readonly above?: { readonly key: ActivityKey; readonly spanId: string }
}

/** That an activity may be called by a name; of two claims of one activity the one of the higher version stands. */
export interface Claim {
  readonly name: Name
  readonly by: Summary
  readonly version: number
}

export const openingsOf = ({ opened, reopenedMillis }: Facts): readonly number[] => [
  opened.atMillis,
  ...reopenedMillis.filter((atMillis) => atMillis > opened.atMillis),
]

export const summaryOf = ({ key, traceId, facts, parent }: Context): Summary => ({
  key,
  traceId,
  openings: openingsOf(facts),
  ...(isWaypoint(key) && parent?.spanId !== undefined ? { above: { key: parent.key, spanId: parent.spanId } } : {}),
})

/** Which episode was open at a moment, from 1: the last that had begun, or the first where none had. */
export const episodeAt = (openings: readonly number[], atMillis: number): number =>
  Math.max(1, openings.filter((opening) => opening <= atMillis).length)
