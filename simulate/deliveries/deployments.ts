import { SECOND } from '../../demo/history/time.ts'
import { repositoryPath } from '../../lib/delivery/activity.ts'
import { deploymentEvent, deploymentStatusEvent } from '../payloads/deployment.ts'
import type { Deployment } from '../world/model.ts'
import type { Delivery } from './delivery.ts'
import { keyOfDeployment } from './keys.ts'
import type { RunTelling } from './telling.ts'

/** The `deployment` and `deployment_status` events of a deployment. */
export const deploymentDeliveries = (deployment: Deployment): readonly Delivery[] => {
  const { place, startMillis, endMillis, state } = deployment
  const id = `${place.fullName} deployment ${deployment.id}`
  const telling = told(deployment)
  const runningMillis = Math.min(startMillis + SECOND, endMillis)
  return [
    {
      ...{ id, atMillis: startMillis, target: { source: 'github', event: 'deployment' }, telling },
      body: () => deploymentEvent(deployment),
    },
    {
      ...{
        id: `${id} running`,
        atMillis: runningMillis,
        target: { source: 'github', event: 'deployment_status' },
        telling,
      },
      body: () => deploymentStatusEvent(deployment, 'in_progress', runningMillis),
    },
    {
      ...{ id: `${id} ended`, atMillis: endMillis, target: { source: 'github', event: 'deployment_status' } },
      body: () => deploymentStatusEvent(deployment, state, endMillis),
      telling: { ...telling, end: { value: endMillis, sureness: 'reported' }, result: state },
    },
  ]
}

const told = (deployment: Deployment): RunTelling => {
  const { place, sha, ref, environment, startMillis } = deployment
  const repository = repositoryPath(place.address)
  return {
    ...{ kind: 'run', by: 'github', key: keyOfDeployment(deployment), deploys: true, sha, repository, environment },
    branches: [`${repository}:${ref}`],
    start: { value: startMillis, sureness: 'reported' },
  }
}
