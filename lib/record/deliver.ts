import type { ActivityKey } from '../delivery/activity.ts'
import type { Context, Emission } from '../delivery/context.ts'
import { pendingEmissions } from '../delivery/settle.ts'
import { emittedSpan, spansOf } from '../delivery/span.ts'
import { inBatches } from './in-batches.ts'
import type { Due, ExportOutcome } from './ports.ts'
import type { RecordDependencies } from './record.ts'
import { settleEmissions } from './settle-emissions.ts'

/** Spans of one request: one is an OTLP backend's usual batch. */
export const MAX_SPANS = 512
/** An export and what follows it have to fit into what is left of the time. */
export const LEAST_MILLIS = 8_000
const FIRST_BACKOFF_MILLIS = 60_000
const MAX_BACKOFF_MILLIS = 60 * 60_000

export interface DeliverDependencies extends RecordDependencies {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** When the sweep has to be through. */
  readonly deadlineMillis: number
  /** From 0 to 1. */
  readonly random: () => number
}

/** An activity of which the backend has refused spans for good. */
export interface Refused {
  readonly key: ActivityKey
  readonly message: string
}

/** Emissions of one context that were taken to go out. */
export interface Parcel {
  readonly due: Due
  readonly context: Context
  readonly emissions: readonly Emission[]
}

/** What is pending of what was taken, where it was decided. */
export const parcelOf = (due: Due): Parcel | undefined => {
  const { context, undecided } = due
  const emissions = context === undefined || undecided ? [] : pendingEmissions(context)
  return context === undefined || emissions.length === 0 ? undefined : { due, context, emissions }
}

/** Batches of up to 512 spans. */
export const batchesOf = (parcels: readonly Parcel[]): readonly (readonly Parcel[])[] => {
  const batches: Parcel[][] = []
  let size = MAX_SPANS
  for (const parcel of parcels) {
    if (size + parcel.emissions.length > MAX_SPANS) {
      batches.push([])
      size = 0
    }
    batches.at(-1)?.push(parcel)
    size += parcel.emissions.length
  }
  return batches
}

export interface Delivered {
  readonly exported: number
  readonly undeliverable: number
  readonly postponed: number
  /** Why the backend can take nothing now. */
  readonly message?: string
  readonly refused?: readonly Refused[]
}

/**
 * Sends a batch and keeps what the backend has said of it: what it cannot take now is put off, what it refuses is halved until the
 * culprit stands alone.
 *
 * @throws StoreUnavailable
 */
export const deliver = async (parcels: readonly Parcel[], dependencies: DeliverDependencies): Promise<Delivered> => {
  if (dependencies.now() > dependencies.deadlineMillis - LEAST_MILLIS) return putOff(parcels, undefined, dependencies)
  const outcome = await dependencies.exporter.export(parcels.flatMap(spansIn))
  if (outcome.kind === 'accepted') {
    await inBatches(parcels, ({ context, emissions }) =>
      settleEmissions(context, emissions, { state: 'accepted' }, dependencies),
    )
    return { exported: count(parcels), undeliverable: 0, postponed: 0 }
  }
  if (outcome.kind === 'retryable') return putOff(parcels, outcome, dependencies)
  const halves = halved(parcels)
  if (halves === undefined) return condemn(parcels, outcome.message, dependencies)
  const first = await deliver(halves[0], dependencies)
  const second =
    first.message === undefined
      ? await deliver(halves[1], dependencies)
      : await putOff(halves[1], undefined, dependencies)
  return {
    exported: first.exported + second.exported,
    undeliverable: first.undeliverable + second.undeliverable,
    postponed: first.postponed + second.postponed,
    refused: [...(first.refused ?? []), ...(second.refused ?? [])],
    ...(first.message === undefined && second.message === undefined
      ? {}
      : { message: first.message ?? second.message ?? '' }),
  }
}

const spansIn = ({ context, emissions }: Parcel) => {
  const spans = spansOf(context)
  return emissions.flatMap((emission) => emittedSpan(spans, emission) ?? [])
}

const count = (parcels: readonly Parcel[]): number => parcels.reduce((sum, { emissions }) => sum + emissions.length, 0)

/** Two halves of what was refused as a whole; undefined when it is a single span. */
const halved = (parcels: readonly Parcel[]): readonly [readonly Parcel[], readonly Parcel[]] | undefined => {
  const [only] = parcels
  if (parcels.length > 1) {
    const middle = Math.ceil(parcels.length / 2)
    return [parcels.slice(0, middle), parcels.slice(middle)]
  }
  if (only === undefined || only.emissions.length < 2) return undefined
  const middle = Math.ceil(only.emissions.length / 2)
  return [
    [{ ...only, emissions: only.emissions.slice(0, middle) }],
    [{ ...only, emissions: only.emissions.slice(middle) }],
  ]
}

const condemn = async (
  parcels: readonly Parcel[],
  message: string,
  dependencies: DeliverDependencies,
): Promise<Delivered> => {
  await inBatches(parcels, ({ context, emissions }) =>
    settleEmissions(context, emissions, { state: 'undeliverable', message }, dependencies),
  )
  const refused = parcels.map(({ context: { key } }) => ({ key, message }))
  return { exported: 0, undeliverable: count(parcels), postponed: 0, refused }
}

/** How long the next try waits: it doubles with each, up to an hour, and varies by half. */
export const backoffMillis = (attempts: number, random: () => number): number => {
  const bound = Math.min(MAX_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS * 2 ** Math.max(0, attempts - 1))
  return Math.round(bound * (0.5 + random() / 2))
}

/** Later, but not before the backend wants to be asked again. */
const putOff = async (
  parcels: readonly Parcel[],
  outcome: Extract<ExportOutcome, { kind: 'retryable' }> | undefined,
  { store, now, random }: DeliverDependencies,
): Promise<Delivered> => {
  await inBatches(parcels, ({ due }) => {
    const attempts = outcome === undefined ? due.attempts : due.attempts + 1
    const wait = outcome === undefined ? 0 : Math.max(backoffMillis(attempts, random), outcome.retryAfterMillis ?? 0)
    return store.postpone(due, now() + wait, attempts)
  })
  return {
    exported: 0,
    undeliverable: 0,
    postponed: parcels.length,
    ...(outcome === undefined ? {} : { message: outcome.message }),
  }
}
