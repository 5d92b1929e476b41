import { SECOND } from '../../demo/history/time.ts'
import { repositoryPath } from '../../lib/delivery/activity.ts'
import { workflowRunEvent } from '../payloads/workflow-run.ts'
import type { WorkflowRun, World } from '../world/model.ts'
import type { Delivery } from './delivery.ts'
import { keyOfAttempt, keyOfPull } from './keys.ts'
import type { Result, RunTelling } from './telling.ts'

const RESULTS: Readonly<Record<WorkflowRun['conclusion'], Result>> = {
  success: 'success',
  failure: 'failure',
  cancelled: 'cancellation',
  timed_out: 'timeout',
  skipped: 'skip',
}

/** The `workflow_run` events of one attempt. */
export const workflowDeliveries = (world: World, run: WorkflowRun): readonly Delivery[] => {
  const { place, pull, startMillis, endMillis } = run
  const headRepository = pull?.isFork ? place.fork : place.facts
  // GitHub names none of those whose head lies in a fork.
  const pullRequests = pull === undefined || pull.isFork ? [] : [world.numberOf(pull.id)]
  const telling = told(world, run, `github.com/${headRepository.owner}/${headRepository.name}:${run.branch}`)
  const delivery = (
    action: 'requested' | 'in_progress' | 'completed',
    updatedMillis: number,
    end: Partial<RunTelling>,
  ): Delivery => ({
    id: `${place.fullName} run ${run.id} attempt ${run.attempt} ${action}`,
    atMillis: updatedMillis,
    target: { source: 'github', event: 'workflow_run' },
    body: () => workflowRunEvent(action, { repository: place.facts, headRepository, run, pullRequests, updatedMillis }),
    telling: { ...telling, ...end },
  })
  return [
    delivery('requested', startMillis, {}),
    delivery('in_progress', Math.min(startMillis + 2 * SECOND, endMillis), {}),
    delivery('completed', endMillis, {
      end: { value: endMillis, sureness: 'reported' },
      result: RESULTS[run.conclusion],
    }),
  ]
}

const told = (world: World, run: WorkflowRun, branch: string): RunTelling => {
  const { pull, attempt, place, sha, startMillis } = run
  return {
    ...{ kind: 'run', by: 'github', key: keyOfAttempt(run, attempt), deploys: false, sha, branches: [branch] },
    start: { value: startMillis, sureness: 'reported' },
    repository: repositoryPath(place.address),
    ...(pull === undefined || pull.isFork ? {} : { pull: { key: keyOfPull(world, pull), isSure: true } }),
    ...(attempt === 1 ? {} : { previousAttempt: keyOfAttempt(run, attempt - 1) }),
  }
}
