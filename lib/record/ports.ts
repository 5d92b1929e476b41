import type { ActivityKey } from '../delivery/activity.ts'
import type { Claim, Context, Summary } from '../delivery/context.ts'
import type { Name } from '../delivery/reference.ts'
import type { CompletedSpan } from '../delivery/span.ts'

/** An activity's context, and who has claimed the wanted names; what there is nothing of is absent. */
export interface Found {
  readonly context: Context | undefined
  readonly claims: ReadonlyMap<Name, readonly Summary[]>
}

/**
 * Where contexts live. Reads see every write that was answered before. Every function throws {@link StoreUnavailable}
 * when the store cannot be reached or does not answer in time.
 */
export interface ContextStore {
  readonly read: (key: ActivityKey, names: readonly Name[]) => Promise<Found>
  readonly readClaims: (names: readonly Name[]) => Promise<Found['claims']>
  /**
   * Writes a context if the stored one still has `context.version` (0: if there is none); what is stored then has one
   * more. `lost` when somebody else has written meanwhile.
   */
  readonly write: (context: Context) => Promise<'written' | 'lost'>
  /**
   * Registers names; the same activity's claim on the same name is replaced, others' stand. Gives who watches any of
   * them. Of a claim and a watch on one name, whichever comes second sees the other.
   */
  readonly register: (claims: readonly Claim[]) => Promise<readonly ActivityKey[]>
  /** Has an activity watch names, and gives who has claimed them. */
  readonly watch: (watcher: ActivityKey, names: readonly Name[]) => Promise<Found['claims']>
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
  | { readonly kind: 'retryable'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }

/** Where completed spans go. Never throws: what goes wrong is an outcome. */
export interface SpanExporter {
  readonly export: (spans: readonly CompletedSpan[]) => Promise<ExportOutcome>
}
