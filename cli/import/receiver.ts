import type { Told } from '../history/webhook.ts'

/** What became of what was told of one activity. */
export interface Received {
  /** How many webhooks were recorded. */
  readonly recorded: number
  /** Of each that was not, why: one sentence. */
  readonly ignored: readonly string[]
  /** Spans that are new, or were corrected; undefined where the receiver does not say. */
  readonly spans?: number
}

/** Where a history goes. */
export interface Receiver {
  /** For people: `the table valuestream-prod-…`. */
  readonly name: string
  /** How many activities it takes at a time. */
  readonly atOnce: number
  /** @throws Refusal when it cannot be reached or does not take it */
  readonly receive: (told: Told) => Promise<Received>
  readonly close: () => Promise<void>
}
