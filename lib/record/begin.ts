import { decide, type Known } from '../delivery/decide.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { because } from '../delivery/explain.ts'
import { readFor, refersToNothing } from './known.ts'
import type { Part } from './part.ts'
import type { ContextStore } from './ports.ts'
import { type Entering, type Written, writeDecision, writtenOf } from './write-decision.ts'

const WRITE: Part = { kind: 'write' }
const NOTHING_KNOWN: Known = { names: new Map(), mainline: [] }

/**
 * Writes what refers to nothing before anything was read, as who has read too early to find anything would: where it is
 * known already, the write is lost. What was written under the new name of a renamed repository, which only the reading
 * tells, is taken back.
 *
 * @returns undefined where something has to be read first
 */
export const begin = async (
  event: DeliveryEvent,
  entering: Entering,
  store: ContextStore,
): Promise<{ readonly kind: 'written'; readonly written: Written } | { readonly kind: 'lost' } | undefined> => {
  if (!refersToNothing(event)) return undefined
  const guess = decide(undefined, NOTHING_KNOWN, event)
  if (guess.place !== undefined) return undefined
  const [read, watchers] = await Promise.all([
    readFor(store, event.key, event),
    writeDecision(guess, WRITE, 'changes', entering, store),
  ])
  if (watchers === 'lost') return { kind: 'lost' }
  if (read.event !== event) {
    await store.takeBack(event.key)
    return { kind: 'lost' }
  }
  const written = {
    ...writtenOf(guess, WRITE),
    affected: watchers.filter((other) => other !== event.key),
    lostRaces: 0,
    because: because(guess.attempts, undefined),
  }
  return { kind: 'written', written }
}
