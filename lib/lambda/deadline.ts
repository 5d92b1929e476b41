import type { Context as Invocation } from 'aws-lambda'

/** What of an invocation's time is left for its own end. */
const RESERVE_MILLIS = 3_000

/** When work that an invocation begins now must have ended, epoch milliseconds. */
export const deadlineOf = (nowMillis: number, invocation: Pick<Invocation, 'getRemainingTimeInMillis'>): number =>
  nowMillis + invocation.getRemainingTimeInMillis() - RESERVE_MILLIS
