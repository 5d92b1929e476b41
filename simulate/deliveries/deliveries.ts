import type { World } from '../world/model.ts'
import type { Delivery } from './delivery.ts'
import { deploymentDeliveries } from './deployments.ts'
import { issueDeliveries } from './issues.ts'
import { pullDeliveries } from './pulls.ts'
import { branchDeliveries, landingDelivery } from './pushes.ts'
import { runDeliveries } from './runs.ts'
import { workflowDeliveries } from './workflow-runs.ts'

/** Every webhook that a world sends, each once, in no order. */
export const deliveriesOf = (world: World): readonly Delivery[] => [
  ...world.issues.flatMap((issue) => issueDeliveries(world, issue)),
  ...world.pulls.flatMap((pull) => [...pullDeliveries(world, pull), ...branchDeliveries(world, pull)]),
  ...world.landings.map((landing) => landingDelivery(world, landing)),
  ...world.runs.flatMap(runDeliveries),
  ...world.workflowRuns.flatMap((run) => workflowDeliveries(world, run)),
  ...world.deployments.flatMap(deploymentDeliveries),
]
