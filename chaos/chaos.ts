import { randomOf } from '../demo/history/random.ts'
import { deliveriesOf } from '../simulate/deliveries/deliveries.ts'
import type { Delivery } from '../simulate/deliveries/delivery.ts'
import { scheduleOf } from '../simulate/deliveries/schedule.ts'
import { worldOf } from '../simulate/world/world.ts'
import { noToll, type Odds, type Toll } from './fates.ts'
import { type Findings, findingsOf } from './findings.ts'
import { isTaken, sweepOnce } from './functions.ts'
import type { Ground } from './ground.ts'

export interface ChaosOptions {
  readonly activities: number
  readonly seed: number
}

export interface Chaos extends Findings {
  readonly seed: number
  readonly deliveries: number
  /** Invocations of the functions, those that were tried again included. */
  readonly invocations: number
  readonly sweeps: number
  readonly toll: Toll
  /** What stands in the outbox at the end. */
  readonly left: number
}

const LANES = 32
const FAULTS: Odds = { fails: 0.02, killed: 0.01 }
const CALM: Odds = { fails: 0, killed: 0 }
/** The clock goes on by so much at each delivery: backoffs and leases end in the course of the traffic, not while a call is under way. */
const STEP_MILLIS = 100
const HOUR = 3_600_000

/**
 * The simulator's traffic through the real handlers and the sweep, in front of a table that fails, a backend that goes
 * mad, and processes that are killed at any of their calls. A webhook that was not answered 202 is delivered again. Then
 * the faults end, the sweep runs until nothing is due, and it is told what is there.
 */
export const chaos = async (ground: Ground, { activities, seed }: ChaosOptions): Promise<Chaos> => {
  const random = randomOf(seed * 7919 + 13)
  const { arrivals } = scheduleOf(deliveriesOf(worldOf(seed, activities)), seed, 0)
  const toll = noToll()
  const counts = { invocations: 0, sweeps: 0 }
  const told: Delivery[] = []
  const waiting = [...arrivals]
  const lane = async (): Promise<void> => {
    for (let delivery = waiting.shift(); delivery !== undefined; delivery = waiting.shift()) {
      ground.clock.nowMillis += STEP_MILLIS
      if (random.chance(0.05)) await sweepOnce(ground, random, FAULTS, toll, counts)
      counts.invocations += 1
      if (await isTaken(delivery, ground, random, FAULTS, toll)) told.push(delivery)
      // It comes again later, as from GitHub's redelivery or from a queue.
      else waiting.splice(Math.floor(random.next() * waiting.length), 0, delivery)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  ground.backend.calmDown()
  let left = 1
  for (let round = 0; round < 60 && left > 0; round += 1) {
    ground.clock.nowMillis += 2 * HOUR
    left = await sweepOnce(ground, random, CALM, toll, counts)
  }
  return { seed, deliveries: told.length, ...counts, toll, left, ...(await findingsOf(ground, told)) }
}
