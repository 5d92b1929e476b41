import { randomOf } from '../../demo/history/random.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../demo/history/time.ts'
import type { Delivery } from './delivery.ts'

export interface Schedule {
  /** In the order of arrival; what comes twice stands there twice. */
  readonly arrivals: readonly Delivery[]
  /** Of each delivery that arrives at all, the one. */
  readonly survivors: readonly Delivery[]
  readonly lost: number
  readonly repeated: number
}

const REPEATED = 0.035

/**
 * When what is sent arrives: most within seconds, some after minutes, some after days, some twice, some never. So an end
 * overtakes its start, a child comes before its parent, a second close before the first.
 *
 * @param loss the share that never arrives, from 0 to below 1
 */
export const scheduleOf = (deliveries: readonly Delivery[], seed: number, loss: number): Schedule => {
  const random = randomOf(seed * 104_729 + 7)
  const delay = (): number => {
    switch (random.weighted({ seconds: 80, minutes: 12, hours: 6, days: 2 })) {
      case 'seconds':
        return random.between(0, 6) * SECOND
      case 'minutes':
        return random.between(0, 20) * MINUTE
      case 'hours':
        return random.between(0, 8) * HOUR
      case 'days':
        return random.between(0, 5) * DAY
    }
  }
  const survivors: Delivery[] = []
  const timed: { readonly delivery: Delivery; readonly atMillis: number }[] = []
  for (const delivery of deliveries) {
    // Drawn in any case, so that a loss changes nothing but what is lost.
    const [isLost, isRepeated, first, second] = [random.chance(loss), random.chance(REPEATED), delay(), delay()]
    if (isLost) continue
    survivors.push(delivery)
    timed.push({ delivery, atMillis: delivery.atMillis + first })
    if (isRepeated) timed.push({ delivery, atMillis: delivery.atMillis + second })
  }
  return {
    arrivals: timed.sort((a, b) => a.atMillis - b.atMillis).map(({ delivery }) => delivery),
    survivors,
    lost: deliveries.length - survivors.length,
    repeated: timed.length - survivors.length,
  }
}
