import type { Rate } from './ports.ts'

/** So many requests are left to whoever else uses the token. */
const LEAST_REMAINING = 100

/** When to ask GitHub again, where too few requests remain. */
export const restUntil = (rate: Rate | undefined): number | undefined =>
  rate !== undefined && rate.remaining < LEAST_REMAINING ? rate.resetMillis : undefined
