import type { ActivityKey } from '../delivery/activity.ts'
import type { Context } from '../delivery/context.ts'
import { claimsOf, type Decision, decide, reconsider } from '../delivery/decide.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import type { Known } from '../delivery/parents.ts'
import { readFor } from './known.ts'
import { type ContextStore, StoreUnavailable } from './ports.ts'

/** Waits before the given try, from 1, at a write that was lost; grows and varies so that rivals come apart. */
export type Pause = (attempt: number) => Promise<void>

/** Rivals come apart within a few tries; this many means that something is wrong. */
export const MAX_ATTEMPTS = 60

export interface Written {
  /** As it is stored now. */
  readonly context: Context
  readonly due: Decision['due']
  /** Who has waited for a name that the activity is now known by. */
  readonly watchers: readonly ActivityKey[]
  readonly lostRaces: number
}

/**
 * Brings one activity's context up to date: with an event, or, without one, with what has become known of others.
 * Undefined when there is neither an event nor a context.
 *
 * @throws StoreUnavailable
 */
export const writeActivity = async (
  key: ActivityKey,
  event: DeliveryEvent | undefined,
  { store, pause }: { readonly store: ContextStore; readonly pause: Pause },
): Promise<Written | undefined> => {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pause(attempt)
    const { context: before, known } = await readFor(store, key, event)
    const decision = await decideWatching(before, known, event, store)
    if (decision === undefined) return undefined
    // Who has lost a race, or is told again what is written already, cannot know that the names stand.
    const claims = attempt === 0 && decision.changed ? decision.claims : claimsOf(decision.context, undefined)
    const [watchers, outcome] = await Promise.all([
      event === undefined && !decision.changed ? [] : store.register(claims),
      decision.changed ? store.write(decision.context) : ('unchanged' as const),
    ])
    if (outcome !== 'lost') return { ...writtenOf(decision, outcome), watchers, lostRaces: attempt }
  }
  throw new StoreUnavailable('the activity is being written to by too many others', undefined)
}

const writtenOf = ({ context, due }: Decision, outcome: 'written' | 'unchanged'): Pick<Written, 'context' | 'due'> =>
  outcome === 'unchanged' ? { context, due: [] } : { context: { ...context, version: context.version + 1 }, due }

/** Decides; where names have to be watched, they are, and it is decided again with whoever has claimed them meanwhile. */
const decideWatching = async (
  before: Context | undefined,
  known: Known,
  event: DeliveryEvent | undefined,
  store: ContextStore,
): Promise<Decision | undefined> => {
  const decideWith = (of: Known): Decision | undefined => {
    if (event !== undefined) return decide(before, of, event)
    return before === undefined ? undefined : reconsider(before, of)
  }
  const decision = decideWith(known)
  if (decision === undefined || decision.watch.length === 0) return decision
  const claims = await store.watch(decision.context.key, decision.watch)
  return decideWith(new Map([...known, ...claims]))
}
