import { abandonment, dueAtMillis } from '../delivery/abandoned.ts'
import { heldEmissions, pendingEmissions, release } from '../delivery/settle.ts'
import {
  batchesOf,
  type DeliverDependencies,
  deliver,
  LEAST_MILLIS,
  MAX_SPANS,
  parcelOf,
  type Refused,
} from './deliver.ts'
import { inBatches } from './in-batches.ts'
import { decideLeft, type Stuck } from './left.ts'
import type { Due, Outbox } from './ports.ts'
import { record } from './record.ts'

/** How long a sweep has for what it has taken, before another may take it. */
const LEASE_MILLIS = 2 * 60_000
export type SweepDependencies = DeliverDependencies

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
  /** What cannot be decided, and why; absent when there is none. */
  readonly stuck?: readonly Stuck[]
  readonly outbox: Outbox
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
  const stuck: Stuck[] = []
  let message: string | undefined
  while (now() < deadlineMillis - LEAST_MILLIS && message === undefined) {
    const due = await store.due(now(), MAX_SPANS)
    if (due.length === 0) break
    const taken = await take(due, dependencies)
    const parcels = taken.flatMap((due) => parcelOf(due) ?? [])
    const decided = await decideLeft(taken, dependencies)
    total.exported += decided.exported
    stuck.push(...decided.stuck)
    message = decided.message
    total.abandoned += await giveUp(taken, dependencies)
    for (const batch of message === undefined ? batchesOf(parcels) : []) {
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
    ...(stuck.length === 0 ? {} : { stuck }),
    outbox: await store.outbox(),
  }
}

/** Takes what nobody else has taken, and releases what was held. */
const take = async (due: readonly Due[], { store, now }: SweepDependencies): Promise<readonly Due[]> => {
  const taken = await inBatches(due, async (one): Promise<Due | undefined> => {
    const { context, undecided, attempts } = one
    if (context !== undefined && !undecided && heldEmissions(context).length > 0) {
      const released = release(context)
      if ((await store.write(released)) === 'lost') return undefined
      const version = released.version + 1
      return { ...one, version, context: { ...released, version } }
    }
    const dueMillis = now() + LEASE_MILLIS
    return (await store.postpone(one, dueMillis, attempts)) === 'lost' ? undefined : { ...one, dueMillis }
  })
  return taken.filter((one) => one !== undefined)
}

/** Ends the runs that were silent for too long; of the others it is noted when to look again. */
const giveUp = async (taken: readonly Due[], dependencies: SweepDependencies): Promise<number> => {
  const { store, now } = dependencies
  const ended = await inBatches(taken, async (due) => {
    const { context, undecided } = due
    if (context === undefined || undecided || pendingEmissions(context).length > 0) return 0
    const event = abandonment(context, now())
    if (event === undefined) {
      await store.postpone(due, dueAtMillis(context) ?? Number.POSITIVE_INFINITY, 0)
      return 0
    }
    await record([event], dependencies)
    return 1
  })
  return ended.reduce((sum: number, one) => sum + one, 0)
}
