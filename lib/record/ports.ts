import type { ActivityKey } from '../delivery/activity.ts'
import type { Claim, Context, Facts, Summary } from '../delivery/context.ts'
import type { MainlineEntry, Placed } from '../delivery/mainline.ts'
import type { Name } from '../delivery/reference.ts'
import type { CompletedSpan } from '../delivery/span.ts'

/** That one invocation alone sends the spans of an activity, and is to write what was told of it, until a moment. */
export interface Lease {
  readonly holder: string
  /** Epoch milliseconds. */
  readonly untilMillis: number
}

/** What there is of an activity; what there is nothing of is absent. */
export interface Stored {
  readonly context: Context | undefined
  /** Of what is stored under the key, a context or not; 0 where nothing is. */
  readonly version: number
  /** What was told of it since its context was written last. */
  readonly told: readonly Facts[]
  /** One that is not over. */
  readonly lease?: Lease
}

/** An activity, and who has claimed the wanted names. */
export interface Found extends Stored {
  readonly claims: ReadonlyMap<Name, readonly Summary[]>
}

/** A stretch of a repository's mainline, from a moment (inclusive) back or on. */
export interface MainlineQuery {
  readonly repository: string
  readonly direction: 'back' | 'on'
  readonly atMillis: number
  /** The last entry of the page before. */
  readonly after?: MainlineEntry
  readonly limit: number
}

/** Entries in the direction of the query. */
export interface MainlinePage {
  readonly entries: readonly MainlineEntry[]
  readonly isLast: boolean
}

/** An activity that the sweep has to look at. */
export interface Due extends Pick<Stored, 'context' | 'version'> {
  readonly key: ActivityKey
  /** Whether something was told, or a lease is over, and nobody has decided what is to be sent. */
  readonly undecided: boolean
  readonly dueMillis: number
  /** How often the sweep has tried in vain since the context was written last. */
  readonly attempts: number
}

/**
 * What has not got out: how many contexts with a span that no backend has taken yet, put off or not, and since when the
 * oldest of them was written, epoch milliseconds.
 */
export interface Outbox {
  readonly count: number
  readonly oldestMillis: number | undefined
}

/**
 * Where contexts live. Reads see every write that was answered before. Every function throws {@link StoreUnavailable}
 * when the store cannot be reached or does not answer in time.
 */
export interface ContextStore {
  readonly read: (key: ActivityKey, names: readonly Name[]) => Promise<Found>
  readonly readClaims: (names: readonly Name[]) => Promise<Found['claims']>
  /**
   * Keeps what was told of an activity beside its context, to be decided and written within a minute by whoever holds the
   * lease: the holder that is given, unless another has it. What is stored then has one version more and is due when the
   * minute is over. Gives all that there is beside it. `full` when too much was told that nobody has written yet.
   */
  readonly tell: (key: ActivityKey, facts: Facts, holder: string) => Promise<Stored | 'full'>
  /**
   * Writes a context, in place of all that was told, if what is stored still has `context.version` (0: if there is nothing);
   * what is stored then has one more. `lost` when somebody else has written meanwhile.
   *
   * @param lease one that goes on, whose holder decides what is to be sent: what is stored stays due when it is over; without
   * it whatever lease there is ends
   */
  readonly write: (context: Context, lease?: Lease) => Promise<'written' | 'lost'>
  /**
   * Writes a context of which only the emissions differ from what is stored, if that still has `context.version`. What was
   * told stays, as does the lease.
   */
  readonly writeEmissions: (context: Context) => Promise<'written' | 'lost'>
  /** Takes back the first that was written, or told, of an activity, unless more has been since. */
  readonly takeBack: (key: ActivityKey) => Promise<void>
  /** Has the first write of a context, when one is under way, be lost; `there` when it has been made already. */
  readonly touch: (key: ActivityKey) => Promise<'touched' | 'there'>
  /**
   * Registers names; the same activity's claim on the same name is replaced unless it is of a higher version, others'
   * stand. Gives who watches any of them. Of a claim and a watch on one name, whichever comes second sees the other.
   */
  readonly register: (claims: readonly Claim[]) => Promise<readonly ActivityKey[]>
  /** Has an activity watch names, and gives who has claimed them. */
  readonly watch: (watcher: ActivityKey, names: readonly Name[]) => Promise<Found['claims']>
  /** Puts an entry into a mainline, in place of the same activity's entry of the same time unless that has a higher version. */
  readonly enter: (placed: Placed, version: number) => Promise<void>
  /** Takes an entry out of a mainline, unless it has a higher version. */
  readonly leave: (placed: Placed, version: number) => Promise<void>
  readonly mainline: (query: MainlineQuery) => Promise<MainlinePage>
  /**
   * What is due by then, the oldest first. A context with a pending emission is due a minute after it was written, so
   * that who has written it can export it, as is what was told; one with a held emission after five; a run when it may be
   * given up.
   */
  readonly due: (untilMillis: number, limit: number) => Promise<readonly Due[]>
  readonly outbox: () => Promise<Outbox>
  /** Puts off what is due, if it still is due when it was; `lost` when somebody else has taken it or written to it. */
  readonly postpone: (due: Due, untilMillis: number, attempts: number) => Promise<'postponed' | 'lost'>
}

/** That a context was written. */
export interface Change {
  readonly key: ActivityKey
  readonly version: number
  readonly changedMillis: number
}

/** What has been written to the store, for who reads along without taking part. Throws {@link StoreUnavailable}. */
export interface ContextFeed {
  /**
   * What was written from a moment on, of each context its last write, in no order and page by page. What was written in
   * the last seconds may be missing: who reads on asks again from a little before where it was.
   */
  readonly changes: (sinceMillis: number) => AsyncIterable<readonly Change[]>
  /** Contexts as they are now; what there is nothing of is absent. */
  readonly read: (keys: readonly ActivityKey[]) => Promise<readonly Context[]>
}

/** The store cannot be reached, throttles, or refuses: the webhook is to be delivered again. */
export class StoreUnavailable extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'StoreUnavailable'
  }
}

/** `retryable`: it may be taken later; `refused`: it will never be. Messages hold no attribute of a span and no header. */
export type ExportOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'retryable'; readonly message: string; readonly retryAfterMillis?: number }
  | { readonly kind: 'refused'; readonly message: string }

/** Where completed spans go. Never throws: what goes wrong is an outcome. */
export interface SpanExporter {
  /** @param leftMillis how long it may take at the most, where that is less than usual; where it is nothing, none is made */
  readonly export: (spans: readonly CompletedSpan[], leftMillis?: number) => Promise<ExportOutcome>
}
