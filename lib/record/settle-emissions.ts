import type { Context, Emission } from '../delivery/context.ts'
import { pendingEmissions, settle, type Verdict } from '../delivery/settle.ts'
import { StoreUnavailable } from './ports.ts'
import { MAX_ATTEMPTS, type RivalDependencies } from './write.ts'

/**
 * Marks emissions with what the backend has said of them. Where that fails they stay pending and go out twice, which
 * backends know by their ids.
 *
 * @returns whether it is written
 */
export const settleEmissions = async (
  context: Context,
  answered: readonly Emission[],
  verdict: Verdict,
  { store, pause }: RivalDependencies,
): Promise<boolean> => {
  try {
    let current: Context | undefined = context
    for (let attempt = 0; attempt < MAX_ATTEMPTS && current !== undefined; attempt += 1) {
      if (attempt > 0) await pause(attempt)
      const settled = settle(current, answered, verdict)
      if (pendingEmissions(settled).length === pendingEmissions(current).length) return true
      if ((await store.writeEmissions(settled)) === 'written') return true
      current = (await store.read(current.key, [])).context
    }
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
  }
  return false
}
