import type { ActivityKey } from '../delivery/activity.ts'
import type { Claim, Context, Summary } from '../delivery/context.ts'
import type { Name } from '../delivery/reference.ts'
import type { CompletedSpan } from '../delivery/span.ts'

export interface Wanted {
  readonly keys: readonly ActivityKey[]
  readonly names: readonly Name[]
}

/** What of the wanted there is; what there is nothing of is absent. */
export interface Found {
  readonly contexts: ReadonlyMap<ActivityKey, Context>
  readonly claims: ReadonlyMap<Name, readonly Summary[]>
}

/**
 * Where contexts live. Reads see every write that was answered before. Every function throws {@link StoreUnavailable}
 * when the store cannot be reached or does not answer in time.
 */
export interface ContextStore {
  readonly read: (wanted: Wanted) => Promise<Found>
  /**
   * Writes a context if the stored one still has `context.version` (0: if there is none); what is stored then has one
   * more. `lost` when somebody else has written meanwhile.
   */
  readonly write: (context: Context) => Promise<'written' | 'lost'>
  /** Registers names; the same activity's claim on the same name is replaced, others' stand. */
  readonly register: (claims: readonly Claim[]) => Promise<void>
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
