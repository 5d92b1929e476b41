import type { ActivityKey } from '../delivery/activity.ts'
import { retry } from '../delivery/settle.ts'
import { MAX_ATTEMPTS, type RivalDependencies } from './write.ts'

/**
 * Puts what the backend has refused of an activity back into the outbox, for the sweep to send within two minutes.
 *
 * @returns how many spans, 0 where there is no such activity or nothing of it was refused; undefined when others kept
 * writing to it
 * @throws StoreUnavailable
 */
export const retryUndeliverable = async (
  key: ActivityKey,
  { store, pause }: RivalDependencies,
): Promise<number | undefined> => {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pause(attempt)
    const { context } = await store.read(key, [])
    const refused = context?.emissions.filter(({ state }) => state === 'undeliverable') ?? []
    if (context === undefined || refused.length === 0) return 0
    if ((await store.writeEmissions(retry(context))) === 'written') return refused.length
  }
  return undefined
}
