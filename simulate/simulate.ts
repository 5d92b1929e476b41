import { compare } from './compare.ts'
import { deliveriesOf } from './deliveries/deliveries.ts'
import { scheduleOf } from './deliveries/schedule.ts'
import type { SimulateOptions } from './options.ts'
import type { Report } from './report.ts'
import { deliver } from './system/deliver.ts'
import type { System } from './system/system.ts'
import { strandedOf } from './truth/stranded.ts'
import { truthOf } from './truth/truth.ts'
import { activitiesOf, worldOf } from './world/world.ts'

/** Told of how far it is. */
export interface Watcher {
  readonly onStart: (events: number) => void
  readonly onDelivered: () => void
}

/** Makes a world, delivers what it sends, and compares what was exported with what the deliveries tell. */
export const simulate = async (
  system: Pick<System, 'github' | 'jenkins' | 'sweep' | 'takeExported'>,
  { activities, seed, loss, lanes }: Omit<SimulateOptions, 'json'>,
  { onStart, onDelivered }: Watcher,
): Promise<Report> => {
  const world = worldOf(seed, activities)
  const deliveries = deliveriesOf(world)
  const { arrivals, survivors, lost, repeated } = scheduleOf(deliveries, seed, loss)
  onStart(arrivals.length)
  const delivered = await deliver(system, arrivals, lanes, onDelivered)
  await system.sweep()
  return {
    ...{ seed, loss, activities: activitiesOf(world) },
    deliveries: { sent: deliveries.length, lost, repeated },
    delivered,
    comparison: compare(truthOf(survivors), system.takeExported(), strandedOf(survivors)),
  }
}
