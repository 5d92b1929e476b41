import type { Context, Facts } from './context.ts'
import { isAlive, lastHeardMillis } from './episodes.ts'
import type { DeliveryEvent } from './event.ts'

/** How long a run may be silent before it is given up: Jenkins's own builds seldom take hours, and none takes days. */
export const ABANDONED_AFTER_MILLIS = 24 * 3600 * 1000

/** Runs are ended by machines, so silence means something; people may leave an issue open for years. */
const ENDED_BY_MACHINES: ReadonlySet<string> = new Set(['build', 'deploy'])

/**
 * That a run which nothing was heard of for too long has ended when it was last heard of, with result `error` and
 * `error.type=abandoned`: a guess, which gives way to any end that is reported later, and to any sign of life.
 * Undefined where the run has ended, is no run, or is not silent for long enough. The event is the same whenever and
 * however often it is made of the same facts.
 *
 * @param nowMillis the clock, epoch milliseconds
 */
export const abandonment = (
  { key, facts }: Pick<Context, 'key' | 'facts'>,
  nowMillis: number,
  afterMillis: number = ABANDONED_AFTER_MILLIS,
): DeliveryEvent | undefined => {
  if (!ENDED_BY_MACHINES.has(facts.operation) || !isAlive(facts)) return undefined
  const heardMillis = lastHeardMillis(facts)
  return nowMillis - heardMillis < afterMillis ? undefined : givenUp(key, facts, heardMillis)
}

/** When a run that is under way is to be looked at again, epoch milliseconds; undefined for what nobody gives up. */
export const dueAtMillis = ({ facts }: Pick<Context, 'facts'>): number | undefined =>
  ENDED_BY_MACHINES.has(facts.operation) && isAlive(facts) ? lastHeardMillis(facts) + ABANDONED_AFTER_MILLIS : undefined

const givenUp = (key: string, { operation, opened }: Facts, heardMillis: number): DeliveryEvent => ({
  key,
  operation,
  stage: 'started',
  observedMillis: heardMillis,
  opened,
  ended: { atMillis: heardMillis, certainty: 'guessed', result: 'error' },
  attributes: {},
  references: {},
  names: [],
})
