import { deploymentKey, isJenkinsRun, type Repository, runKey } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent, References } from '../delivery/event.ts'
import { awaitActivity, branchName, joinActivity, lookUp, type Reference } from '../delivery/reference.ts'
import type { Result } from '../delivery/result.ts'
import { attemptAt, attemptKey } from './actions-run.ts'
import { commitReferences, millisOf, repositoryOf, vcsAttributes, withoutEmpty } from './common.ts'
import type { DeploymentPayload, DeploymentStatusPayload } from './run-payload.ts'

/** The states in which a deployment has ended; what comes later (`inactive`) is of another deployment. */
const RESULT_OF_STATE: ReadonlyMap<string, Result> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['error', 'error'],
])

/**
 * A deployment of GitHub, which bears what is to be deployed and where to, but no state.
 *
 * @throws MalformedField when its time is none
 */
export const deploymentEvent = (payload: DeploymentPayload): DeliveryEvent => {
  const { deployment, repository } = payload
  const home = repositoryOf(repository)
  const createdMillis = millisOf('deployment.created_at', deployment.created_at)
  return {
    key: deploymentKey(home, deployment.id),
    operation: 'deploy',
    stage: 'started',
    observedMillis: createdMillis,
    opened: { atMillis: createdMillis, certainty: 'reported' },
    attributes: attributesOf(payload),
    references: referencesOf(payload, undefined, home),
    names: [],
  }
}

/**
 * A state that a deployment has come into; every one happens in its course, and some end it.
 *
 * @throws MalformedField when a time is none
 */
export const deploymentStatusEvent = (payload: DeploymentStatusPayload): DeliveryEvent => {
  const { deployment_status: status, repository } = payload
  const home = repositoryOf(repository)
  const atMillis = millisOf('deployment_status.created_at', status.created_at)
  const state = status.state.toLowerCase()
  const result = RESULT_OF_STATE.get(state)
  const created = deploymentEvent(payload)
  return {
    ...created,
    stage: result === undefined ? 'updated' : 'finished',
    observedMillis: atMillis,
    ...(result === undefined ? {} : { ended: { atMillis, certainty: 'reported', result } }),
    attributes: { ...created.attributes, ...statusAttributes(status) },
    references: referencesOf(payload, pageOf(status), home),
    happenings: [{ name: 'deployment_status', atMillis, attributes: known({ 'deployment.state': state }) }],
  }
}

/** Where the deploying run is looked at. */
const pageOf = ({ log_url, target_url }: DeploymentStatusPayload['deployment_status']): string | undefined =>
  log_url || target_url || undefined

const referencesOf = (
  { deployment: { sha, ref }, workflow_run }: DeploymentPayload,
  page: string | undefined,
  home: Repository,
): References => {
  const branch = branchOf(ref, sha)
  return withoutEmpty({
    ...commitReferences(sha),
    upstream_build:
      workflow_run == null
        ? runAt(page, home)
        : [joinActivity(attemptKey(home, workflow_run.id, workflow_run.run_attempt ?? 1))],
    branch: branch === undefined ? [] : [lookUp(branchName(home, branch))],
  })
}

/** A page of a workflow run does not tell which attempt at it deploys, so that is a guess. */
const runAt = (page: string | undefined, home: Repository): readonly Reference[] => {
  if (page === undefined) return []
  if (isJenkinsRun(page)) return [joinActivity(runKey(page))]
  const attempt = attemptAt(page, home.host)
  return attempt === undefined ? [] : [awaitActivity(attempt)]
}

/** The branch or tag that was asked for; undefined where a commit was. */
const branchOf = (ref: string, sha: string): string | undefined => {
  const isCommit = /^[0-9a-f]{40}$/i.test(ref) || (/^[0-9a-f]{7,}$/i.test(ref) && sha.startsWith(ref.toLowerCase()))
  return isCommit ? undefined : ref.replace(/^refs\/heads\//, '') || undefined
}

/** Without `cicd.pipeline.*`: a deployment is no run, though one may have made it. */
const attributesOf = ({ deployment, repository }: DeploymentPayload): Attributes => ({
  service: 'github',
  ...vcsAttributes(repository),
  ...known({
    'deployment.id': String(deployment.id),
    'deployment.name': deployment.task,
    'deployment.environment.name': deployment.environment,
    'deployment.production': deployment.production_environment,
    'build.started.user.name': deployment.creator?.login,
    'scm.head.sha': deployment.sha,
    'vcs.ref.head.name': branchOf(deployment.ref, deployment.sha),
    'vcs.ref.head.revision': deployment.sha,
  }),
})

const statusAttributes = (status: DeploymentStatusPayload['deployment_status']): Attributes =>
  known({
    'deployment.environment.name': status.environment,
    'deployment.url': status.environment_url,
    'build.url': pageOf(status),
  })
