import type { ActivityKey } from '../delivery/activity.ts'
import { backoffMillis, type DeliverDependencies } from './deliver.ts'
import { inBatches } from './in-batches.ts'
import { type Due, StoreUnavailable } from './ports.ts'
import { recordAgain } from './record.ts'

/** An activity of which something was told that cannot be decided, for what was thrown. It is tried again, later each time. */
export interface Stuck {
  readonly key: ActivityKey
  readonly thrown: unknown
}

/** What has become of what was left undecided; `message`: why the backend could not take it now. */
export interface Decided {
  readonly exported: number
  readonly stuck: readonly Stuck[]
  readonly message?: string
}

/**
 * Writes what somebody has told, or has had the lease for, and has not come to write; and sends what is due by it. Each by
 * itself, so that one that nobody can decide, as by a mistake in ValueStream, stands in no other's way.
 *
 * @throws StoreUnavailable
 */
export const decideLeft = async (taken: readonly Due[], dependencies: DeliverDependencies): Promise<Decided> => {
  const left = taken.filter(({ undecided }) => undecided)
  const decided = await inBatches(left, (due) => decideOne(due, dependencies))
  const message = decided.find((one) => one.message !== undefined)?.message
  return {
    exported: decided.reduce((sum, { exported }) => sum + exported, 0),
    stuck: decided.flatMap(({ stuck }) => stuck),
    ...(message === undefined ? {} : { message }),
  }
}

const decideOne = async (due: Due, dependencies: DeliverDependencies): Promise<Decided> => {
  const { store, now, random } = dependencies
  try {
    const { exported, dueSpans } = await recordAgain([due.key], dependencies)
    if (exported?.kind === 'retryable') return { exported: 0, stuck: [], message: exported.message }
    return { exported: exported?.kind === 'accepted' ? dueSpans : 0, stuck: [] }
  } catch (thrown) {
    if (thrown instanceof StoreUnavailable) throw thrown
    const attempts = due.attempts + 1
    await store.postpone(due, now() + backoffMillis(attempts, random), attempts)
    return { exported: 0, stuck: [{ key: due.key, thrown }] }
  }
}
