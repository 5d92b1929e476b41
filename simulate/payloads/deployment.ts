import { idOf } from '../../demo/history/hash.ts'
import { githubTime } from '../../demo/history/time.ts'
import { githubSurroundings } from '../../demo/payloads/github-repository.ts'
import { githubUser } from '../../demo/payloads/github-user.ts'
import type { JsonObject } from '../../demo/payloads/json.ts'
import type { Deployment } from '../world/model.ts'

/** The body of a `deployment` event. */
export const deploymentEvent = (deployment: Deployment): JsonObject => ({
  action: 'created',
  deployment: githubDeployment(deployment, deployment.startMillis),
  workflow: null,
  workflow_run: null,
  ...githubSurroundings(deployment.place.facts, deployment.by),
})

export type DeploymentState = 'queued' | 'in_progress' | 'success' | 'failure' | 'error'

/** The body of a `deployment_status` event. */
export const deploymentStatusEvent = (
  deployment: Deployment,
  state: DeploymentState,
  atMillis: number,
): JsonObject => ({
  action: 'created',
  deployment_status: {
    id: idOf(deployment.id, state, atMillis),
    state,
    creator: githubUser(deployment.by),
    description: '',
    environment: deployment.environment,
    target_url: '',
    log_url: '',
    environment_url: '',
    created_at: githubTime(atMillis),
    updated_at: githubTime(atMillis),
  },
  deployment: githubDeployment(deployment, atMillis),
  workflow: null,
  workflow_run: null,
  ...githubSurroundings(deployment.place.facts, deployment.by),
})

const githubDeployment = (deployment: Deployment, updatedMillis: number): JsonObject => ({
  id: deployment.id,
  sha: deployment.sha,
  ref: deployment.ref,
  task: 'deploy',
  payload: {},
  original_environment: deployment.environment,
  environment: deployment.environment,
  description: null,
  creator: githubUser(deployment.by),
  created_at: githubTime(deployment.startMillis),
  updated_at: githubTime(updatedMillis),
  transient_environment: deployment.environment === 'preview',
  production_environment: deployment.isProduction,
})
