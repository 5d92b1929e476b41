import { abandonment, dueAtMillis } from '../delivery/abandoned.ts'
import type { ActivityKey } from '../delivery/activity.ts'
import type { Context, Emission } from '../delivery/context.ts'
import { heldEmissions, pendingEmissions, release } from '../delivery/settle.ts'
import { emittedSpan } from '../delivery/span.ts'
import type { Due, ExportOutcome, Outbox } from './ports.ts'
import { type RecordDependencies, record } from './record.ts'
import { settleEmissions } from './settle-emissions.ts'

/** Spans of one request: one is an OTLP backend's usual batch. */
const MAX_SPANS = 512
/** How long a sweep has for what it has taken, before another may take it. */
const LEASE_MILLIS = 2 * 60_000
/** An export and what follows it have to fit into what is left of the time. */
const LEAST_MILLIS = 8_000
const FIRST_BACKOFF_MILLIS = 60_000
const MAX_BACKOFF_MILLIS = 60 * 60_000
/** Contexts that are written to at a time. */
const MAX_AT_ONCE = 32

export interface SweepDependencies extends RecordDependencies {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** When the sweep has to be through. */
  readonly deadlineMillis: number
  /** From 0 to 1. */
  readonly random: () => number
}

/** What a sweep has done, in spans; `outbox` is what is left. */
export interface Swept {
  readonly exported: number
  readonly undeliverable: number
  readonly abandoned: number
  /** Contexts that are to be tried again later. */
  readonly postponed: number
  readonly message?: string
  /** What will never be taken, and why; absent when there is none. */
  readonly refused?: readonly Refused[]
  readonly outbox: Outbox
}

/** An activity of which the backend has refused spans for good. */
export interface Refused {
  readonly key: ActivityKey
  readonly message: string
}

/** Emissions of one context that were taken to go out. */
interface Parcel {
  readonly due: Due
  readonly context: Context
  readonly emissions: readonly Emission[]
}

/**
 * Exports what is due, the oldest first, and gives up the runs that are heard of no more. Each context is taken before it
 * is worked on, so that of two sweeps at once only one has it. A backend that cannot take anything now is left alone
 * until later; what it refuses is halved until the culprit stands alone.
 *
 * @throws StoreUnavailable
 */
export const sweep = async (dependencies: SweepDependencies): Promise<Swept> => {
  const { store, now, deadlineMillis } = dependencies
  const total = { exported: 0, undeliverable: 0, abandoned: 0, postponed: 0 }
  const refused: Refused[] = []
  let message: string | undefined
  while (now() < deadlineMillis - LEAST_MILLIS && message === undefined) {
    const due = await store.due(now(), MAX_SPANS)
    if (due.length === 0) break
    const taken = await take(due, dependencies)
    const parcels = taken.filter(({ emissions }) => emissions.length > 0)
    total.abandoned += await giveUp(taken, dependencies)
    for (const batch of batchesOf(parcels)) {
      const outcome = await deliver(batch, dependencies)
      total.exported += outcome.exported
      total.undeliverable += outcome.undeliverable
      total.postponed += outcome.postponed
      refused.push(...(outcome.refused ?? []))
      message = outcome.message ?? message
      if (message !== undefined) break
    }
    if (taken.length === 0) break
  }
  return {
    ...total,
    ...(message === undefined ? {} : { message }),
    ...(refused.length === 0 ? {} : { refused }),
    outbox: await store.outbox(),
  }
}

/** Takes what nobody else has taken, and releases what was held. */
const take = async (due: readonly Due[], { store, now }: SweepDependencies): Promise<readonly Parcel[]> => {
  const taken = await inBatches(due, async (one): Promise<Parcel | undefined> => {
    const { context, attempts } = one
    if (heldEmissions(context).length > 0) {
      const released = release(context)
      if ((await store.write(released)) === 'lost') return undefined
      const stored = { ...released, version: released.version + 1 }
      return { due: { ...one, context: stored }, context: stored, emissions: pendingEmissions(stored) }
    }
    const dueMillis = now() + LEASE_MILLIS
    if ((await store.postpone(one, dueMillis, attempts)) === 'lost') return undefined
    return { due: { ...one, dueMillis }, context, emissions: pendingEmissions(context) }
  })
  return taken.filter((parcel) => parcel !== undefined)
}

/** Ends the runs that were silent for too long; of the others it is noted when to look again. */
const giveUp = async (taken: readonly Parcel[], dependencies: SweepDependencies): Promise<number> => {
  const { store, now } = dependencies
  const ended = await inBatches(
    taken.filter(({ emissions }) => emissions.length === 0),
    async ({ due, context }) => {
      const event = abandonment(context, now())
      if (event === undefined) {
        await store.postpone(due, dueAtMillis(context) ?? Number.POSITIVE_INFINITY, 0)
        return 0
      }
      await record([event], dependencies)
      return 1
    },
  )
  return ended.reduce((sum: number, one) => sum + one, 0)
}

/** Batches of up to 512 spans. */
const batchesOf = (parcels: readonly Parcel[]): readonly (readonly Parcel[])[] => {
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

interface Delivered {
  readonly exported: number
  readonly undeliverable: number
  readonly postponed: number
  /** Why the backend can take nothing now. */
  readonly message?: string
  readonly refused?: readonly Refused[]
}

const deliver = async (parcels: readonly Parcel[], dependencies: SweepDependencies): Promise<Delivered> => {
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

const spansIn = ({ context, emissions }: Parcel) =>
  emissions.flatMap((emission) => emittedSpan(context, emission) ?? [])

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
  dependencies: SweepDependencies,
): Promise<Delivered> => {
  await inBatches(parcels, ({ context, emissions }) =>
    settleEmissions(context, emissions, { state: 'undeliverable', message }, dependencies),
  )
  const refused = parcels.map(({ context: { key } }) => ({ key, message }))
  return { exported: 0, undeliverable: count(parcels), postponed: 0, refused }
}

/** Later, by a time that doubles with each try and varies by half; not before the backend wants to be asked again. */
const putOff = async (
  parcels: readonly Parcel[],
  outcome: Extract<ExportOutcome, { kind: 'retryable' }> | undefined,
  { store, now, random }: SweepDependencies,
): Promise<Delivered> => {
  await inBatches(parcels, ({ due }) => {
    const attempts = outcome === undefined ? due.attempts : due.attempts + 1
    const bound = Math.min(MAX_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS * 2 ** Math.max(0, attempts - 1))
    const wait = outcome === undefined ? 0 : Math.max(bound * (0.5 + random() / 2), outcome.retryAfterMillis ?? 0)
    return store.postpone(due, now() + Math.round(wait), attempts)
  })
  return {
    exported: 0,
    undeliverable: 0,
    postponed: parcels.length,
    ...(outcome === undefined ? {} : { message: outcome.message }),
  }
}

const inBatches = async <T, R>(all: readonly T[], work: (one: T) => Promise<R> | R): Promise<readonly R[]> => {
  const results: R[] = []
  for (let at = 0; at < all.length; at += MAX_AT_ONCE) {
    results.push(...(await Promise.all(all.slice(at, at + MAX_AT_ONCE).map(work))))
  }
  return results
}
