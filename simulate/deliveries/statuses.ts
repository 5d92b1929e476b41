import { idOf } from '../../demo/history/hash.ts'
import { SECOND, wholeSecond } from '../../demo/history/time.ts'
import { pullRequestKey, repositoryPath } from '../../lib/delivery/activity.ts'
import { type StatusFacts, statusEvent } from '../payloads/status.ts'
import type { Run } from '../world/model.ts'
import type { Delivery } from './delivery.ts'
import { keyOfRun, pageOfJob, pageOfRun } from './keys.ts'
import type { Result, RunTelling } from './telling.ts'

/**
 * In the words of the GitHub Branch Source plugin, which has fewer states than Jenkins has results.
 *
 * @see https://github.com/jenkinsci/github-branch-source-plugin Messages.properties
 */
const ENDS: Readonly<
  Record<Run['result'], { readonly state: StatusFacts['state']; readonly description: string; readonly result: Result }>
> = {
  SUCCESS: { state: 'success', description: 'This commit looks good', result: 'success' },
  UNSTABLE: { state: 'failure', description: 'This commit has test failures', result: 'success' },
  FAILURE: { state: 'error', description: 'This commit cannot be built', result: 'failure' },
  ABORTED: { state: 'error', description: 'The build of this commit was aborted', result: 'cancellation' },
  NOT_BUILT: { state: 'error', description: 'Something is wrong with the build of this commit', result: 'skip' },
}

/** The `status` events of a run: queued, with the page of the job; checked out; completed. */
export const statusDeliveries = (run: Run): readonly Delivery[] => {
  const { id, statusSha, startMillis, endMillis, queueMillis, job, ciUrl, result } = run
  if (statusSha === undefined) return []
  const startedMillis = noticed(run, startMillis)
  const endedMillis = Math.max(startedMillis + SECOND, noticed(run, endMillis))
  const end = ENDS[result]
  const queuedMillis = wholeSecond(startMillis - queueMillis)
  const page = `${pageOfRun(run)}display/redirect`
  const running = { state: 'pending', description: 'This commit is being built', targetUrl: page } as const
  const delivery = (
    name: string,
    createdMillis: number,
    facts: Pick<StatusFacts, 'state' | 'description' | 'targetUrl'>,
  ): Delivery => ({
    ...{ id: `${id} status ${name}`, atMillis: createdMillis },
    target: { source: 'github', event: 'status' },
    body: () => statusEvent({ ...factsOf(run, statusSha), ...facts, createdMillis }),
  })
  const telling = told(run, statusSha)
  const about = (millis: number) => ({ value: millis, sureness: 'estimated' }) as const
  return [
    ...(job.pull === undefined
      ? []
      : [
          delivery('queued', queuedMillis, {
            ...{ state: 'pending', description: 'This commit is scheduled to be built' },
            targetUrl: `${pageOfJob(ciUrl, job.fullName)}display/redirect`,
          }),
        ]),
    { ...delivery('started', startedMillis, running), telling: { ...telling, start: about(startedMillis) } },
    {
      ...delivery('ended', endedMillis, { state: end.state, description: end.description, targetUrl: page }),
      telling: { ...telling, start: about(endedMillis), end: about(endedMillis), result: end.result },
    },
  ]
}

/** GitHub learns of a start and of an end a moment later. */
const noticed = (run: Run, millis: number): number => wholeSecond(millis) + (idOf(run.id, millis) % 3) * SECOND

const factsOf = ({ place, job, startedBy }: Run, sha: string) => ({
  repository: place.facts,
  sha,
  context: `continuous-integration/jenkins/${job.pull === undefined ? 'branch' : place.ci.mergesLocally ? 'pr-merge' : 'pr-head'}`,
  branches: job.branch === undefined ? [] : [job.branch],
  by: startedBy,
})

/** It stands in the repository, so that what the job's name says is no guess. */
const told = (run: Run, sha: string): Omit<RunTelling, 'start'> => {
  const { job, place } = run
  const repository = repositoryPath(place.address)
  return {
    ...{ kind: 'run', by: 'status', key: keyOfRun(run), deploys: false, sha, repository },
    branches: job.branch === undefined ? [] : [`${repository}:${job.branch}`],
    ...(job.pull === undefined ? {} : { pull: { key: pullRequestKey(place.address, job.pull), isSure: true } }),
  }
}
