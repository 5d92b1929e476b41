import { pullRequestKey, type Repository } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent, Ending, References, Stage } from '../delivery/event.ts'
import { awaitActivity, branchName, joinActivity, lookUp } from '../delivery/reference.ts'
import type { Result } from '../delivery/result.ts'
import { attemptKey } from './actions-run.ts'
import { commitReferences, millisOf, repositoryOf, vcsAttributes, withoutEmpty } from './common.ts'
import type { WorkflowRunPayload } from './run-payload.ts'

/** GitHub's conclusions in the one vocabulary; one that it does not have yet is an error, as Jenkins's UNKNOWN is. */
const RESULT_OF_CONCLUSION: ReadonlyMap<string, Result> = new Map([
  ['success', 'success'],
  ['neutral', 'success'],
  ['failure', 'failure'],
  ['cancelled', 'cancellation'],
  ['stale', 'cancellation'],
  ['timed_out', 'timeout'],
  ['skipped', 'skip'],
  ['action_required', 'skip'],
  ['startup_failure', 'error'],
])

/**
 * An attempt at a workflow run is a build. It has ended once it is `completed`, at its last update.
 *
 * @throws MalformedField when a time is none
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
 */
export const workflowRunEvent = (payload: WorkflowRunPayload): DeliveryEvent => {
  const { workflow_run: run, repository } = payload
  const home = repositoryOf(repository)
  const updatedMillis = millisOf('workflow_run.updated_at', run.updated_at)
  const openedMillis = millisOf('workflow_run.run_started_at', run.run_started_at ?? run.created_at)
  const ended = endOf(payload, updatedMillis)
  return {
    key: attemptKey(home, run.id, attemptOf(payload)),
    operation: 'build',
    stage: stageOf(payload.action, ended),
    observedMillis: updatedMillis,
    opened: { atMillis: openedMillis, certainty: 'reported' },
    ...(ended === undefined ? {} : { ended }),
    attributes: attributesOf(payload),
    references: referencesOf(payload, home),
    names: [],
  }
}

const attemptOf = ({ workflow_run }: WorkflowRunPayload): number => workflow_run.run_attempt ?? 1

const endOf = ({ action, workflow_run: { conclusion } }: WorkflowRunPayload, atMillis: number): Ending | undefined =>
  action === 'completed' && conclusion
    ? { atMillis, certainty: 'reported', result: RESULT_OF_CONCLUSION.get(conclusion) ?? 'error' }
    : undefined

const stageOf = (action: string, ended: Ending | undefined): Stage => {
  if (ended !== undefined) return 'finished'
  return action === 'requested' ? 'started' : 'updated'
}

const referencesOf = (payload: WorkflowRunPayload, home: Repository): References => {
  const { repository, workflow_run: run } = payload
  const headRepository = run.head_repository == null ? home : repositoryOf(run.head_repository)
  const attempt = attemptOf(payload)
  const pullRequests = (run.pull_requests ?? []).filter(
    ({ base }) => repository.id != null && base?.repo?.id === repository.id,
  )
  return withoutEmpty({
    ...commitReferences(run.head_sha),
    pull_request_number: pullRequests.map(({ number }) => joinActivity(pullRequestKey(home, number))),
    branch: run.head_branch ? [lookUp(branchName(headRepository, run.head_branch))] : [],
    previous_attempt: attempt > 1 ? [awaitActivity(attemptKey(home, run.id, attempt - 1))] : [],
  })
}

const attributesOf = (payload: WorkflowRunPayload): Attributes => {
  const { repository, workflow, workflow_run: run } = payload
  const name = run.name || workflow?.name
  return {
    service: 'github',
    ...vcsAttributes(repository),
    ...known({
      'build.url': run.html_url,
      'build.job.name': name,
      'build.number': run.run_number,
      'build.attempt': attemptOf(payload),
      'build.trigger': run.event,
      'build.started.user.name': run.triggering_actor?.login ?? run.actor?.login,
      'cicd.pipeline.name': name,
      'cicd.pipeline.run.id': String(run.id),
      'cicd.pipeline.run.url.full': run.html_url,
      'scm.branch': run.head_branch,
      'scm.head.sha': run.head_sha,
      'vcs.ref.head.name': run.head_branch,
      'vcs.ref.head.revision': run.head_sha,
      'vcs.ref.head.type': run.head_branch ? 'branch' : undefined,
    }),
  }
}
