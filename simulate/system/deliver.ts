import type { Delivery } from '../deliveries/delivery.ts'
import { eventOf } from './request.ts'
import type { System } from './system.ts'

export interface Delivered {
  readonly events: number
  readonly seconds: number
  /** How often a function answered so, by status. */
  readonly answers: Readonly<Record<string, number>>
  /** What was answered 503 and delivered again, as the answer asks. */
  readonly redelivered: number
  /** Deliveries that were not taken in the end, with what was answered. */
  readonly refused: readonly string[]
}

const TRIES = 5

/**
 * Hands the deliveries to the functions in order.
 *
 * @param lanes how many are under way at once
 */
export const deliver = async (
  system: Pick<System, 'github' | 'jenkins'>,
  arrivals: readonly Delivery[],
  lanes: number,
  onDelivered: () => void,
): Promise<Delivered> => {
  const startedMillis = performance.now()
  const answers = new Map<string, number>()
  const refused: string[] = []
  let redelivered = 0
  const waiting = arrivals.values()

  const send = async (delivery: Delivery): Promise<void> => {
    for (let at = 1; at <= TRIES; at += 1) {
      const { statusCode, body } = await system[delivery.target.source](eventOf(delivery))
      const status = String(statusCode)
      answers.set(status, (answers.get(status) ?? 0) + 1)
      if (statusCode === 202) return
      if (statusCode !== 503 || at === TRIES) {
        refused.push(`${delivery.id}: ${status} ${body ?? ''}`)
        return
      }
      redelivered += 1
    }
  }
  const runLane = async () => {
    // The lanes share the iterator: each takes the next delivery that none has taken.
    for (const delivery of waiting) {
      await send(delivery)
      onDelivered()
    }
  }
  await Promise.all(Array.from({ length: lanes }, runLane))
  return {
    events: arrivals.length,
    seconds: (performance.now() - startedMillis) / 1000,
    answers: Object.fromEntries([...answers].sort()),
    redelivered,
    refused,
  }
}
