import {
  type ActivityKey,
  commitKey,
  deploymentKey,
  issueKey,
  pullRequestKey,
  runKey,
} from '../../lib/delivery/activity.ts'
import type { Deployment, Landing, Pull, Run, WorkflowRun, World } from '../world/model.ts'

export const keyOfIssue = (world: World, id: string): ActivityKey =>
  issueKey(world.issueById(id).place.address, world.numberOf(id))

export const keyOfPull = (world: World, { id, place }: Pull): ActivityKey =>
  pullRequestKey(place.address, world.numberOf(id))

export const keyOfLanding = ({ place, sha }: Landing): ActivityKey => commitKey(place.address, sha)

/** The page of a job: every segment of its full name stands behind a `job`, encoded once more. */
export const pageOfJob = (ciUrl: string, fullName: string): string =>
  `${ciUrl}${fullName
    .split('/')
    .map((segment) => `job/${encodeURIComponent(segment)}/`)
    .join('')}`

export const pageOfRun = ({ ciUrl, job, number }: Run): string => `${pageOfJob(ciUrl, job.fullName)}${number}/`

export const keyOfRun = (run: Run): ActivityKey => runKey(pageOfRun(run))

export const keyOfUpstream = ({ ciUrl, upstream }: Run): ActivityKey | undefined =>
  upstream === undefined ? undefined : runKey(`${pageOfJob(ciUrl, upstream.job)}${upstream.number}/`)

/** By definition an attempt is the run that its address on GitHub names. */
export const keyOfAttempt = ({ place, id }: WorkflowRun, attempt: number): ActivityKey =>
  runKey(`https://github.com/${place.address.owner}/${place.address.name}/actions/runs/${id}/attempts/${attempt}`)

export const keyOfDeployment = ({ place, id }: Deployment): ActivityKey => deploymentKey(place.address, id)
