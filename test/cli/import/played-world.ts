import type { JsonObject } from '../../../demo/payloads/json.ts'
import type { Delivery } from '../../../simulate/deliveries/delivery.ts'
import { deploymentDeliveries } from '../../../simulate/deliveries/deployments.ts'
import { issueDeliveries } from '../../../simulate/deliveries/issues.ts'
import { pullDeliveries } from '../../../simulate/deliveries/pulls.ts'
import { landingDelivery } from '../../../simulate/deliveries/pushes.ts'
import { runDeliveries } from '../../../simulate/deliveries/runs.ts'
import { workflowDeliveries } from '../../../simulate/deliveries/workflow-runs.ts'
import type { Run } from '../../../simulate/world/model.ts'
import { worldOf } from '../../../simulate/world/world.ts'

/** A webhook as it was sent, read back as plain JSON. */
export interface Sent {
  readonly atMillis: number
  readonly source: 'github' | 'jenkins'
  readonly event?: string
  readonly body: JsonObject
}

/** What a world has sent by webhook, in the order of time; its Jenkins reports by the Statistics Gatherer. */
export const sentBy = (seed: number, activities: number): readonly Sent[] => {
  const world = worldOf(seed, activities)
  const deliveries: Delivery[] = [
    ...world.issues.flatMap((issue) => issueDeliveries(world, issue)),
    ...world.pulls.flatMap((pull) => pullDeliveries(world, pull)),
    ...world.landings.map((landing) => landingDelivery(world, landing)),
    ...world.workflowRuns.flatMap((run) => workflowDeliveries(world, run)),
    ...world.deployments.flatMap(deploymentDeliveries),
    ...world.runs.flatMap(reported),
  ]
  return deliveries
    .toSorted((a, b) => a.atMillis - b.atMillis)
    .map(({ atMillis, target, body }) => ({
      atMillis,
      source: target.source,
      ...(target.source === 'github' ? { event: target.event } : {}),
      body: body(),
    }))
}

/** As the API tells a run, whose duration is what lies between its start and its end. */
const reported = (run: Run): readonly Delivery[] =>
  runDeliveries({ ...run, plugin: 'gatherer', durationMillis: run.endMillis - run.startMillis }).filter(
    ({ target }) => target.source === 'jenkins',
  )
