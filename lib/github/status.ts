import { pullRequestKey, type Repository } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent, References } from '../delivery/event.ts'
import { branchName, joinActivity, lookUp, queuedName, type Reference } from '../delivery/reference.ts'
import type { Translation } from '../delivery/source.ts'
import { commitReferences, millisOf, repositoryOf, vcsAttributes, withoutEmpty } from './common.ts'
import { decoded, type JenkinsJob, type JenkinsRun, jenkinsJobAt, jenkinsRunAt } from './jenkins-address.ts'
import type { StatusPayload } from './run-payload.ts'
import { JENKINS_CONTEXT, type StatusResult, statusResult } from './status-result.ts'
import { events, ignored } from './translation.ts'

/** A commit may be on many branches, of which a status names the first. */
const MAX_BRANCHES = 10

/**
 * A commit status is posted by anybody for anything; what counts is that of a run in Jenkins, which names its page. The
 * GitHub Branch Source plugin also posts one when the run of a pull request is put into the queue, with the job's page
 * since there is no run yet.
 *
 * @throws MalformedField when its time is none
 */
export const status = (payload: StatusPayload): Translation => {
  const { context, state, target_url } = payload
  if (!target_url) return ignored('the status names no page, so it is that of no run in Jenkins')
  const run = jenkinsRunAt(target_url)
  const result = statusResult(payload)
  if (run !== undefined && (state === 'pending' || result !== undefined)) return events(runEvent(payload, run, result))
  const waits = state === 'pending' && context.startsWith(JENKINS_CONTEXT)
  const job = waits ? jenkinsJobAt(target_url) : undefined
  return job === undefined
    ? ignored('the status tells neither of a run in Jenkins nor of one that waits for its start')
    : events(queueEvent(payload, job))
}

/** Pending is posted at the checkout, an end right after it: the times are about those of the run. */
const runEvent = (payload: StatusPayload, run: JenkinsRun, result: StatusResult | undefined): DeliveryEvent => {
  const atMillis = millisOf('created_at', payload.created_at)
  return {
    key: run.key,
    operation: 'build',
    stage: result === undefined ? 'started' : 'finished',
    observedMillis: atMillis,
    opened: { atMillis, certainty: 'estimated' },
    ...(result === undefined
      ? { queuedMillis: atMillis }
      : { ended: { atMillis, certainty: 'estimated', result: result.result } }),
    attributes: attributesOf(payload, run, result),
    references: referencesOf(payload, run.job, repositoryOf(payload.repository)),
    names: [],
  }
}

/** A wait for a run, that a run of the same job for the same commit finds; each wait is an opening of its own. */
const queueEvent = ({ sha, created_at }: StatusPayload, { address }: JenkinsJob): DeliveryEvent => {
  const atMillis = millisOf('created_at', created_at)
  return {
    key: `queue:${address}@${sha.toLowerCase()}`,
    operation: 'queue',
    stage: 'started',
    observedMillis: atMillis,
    opened: { atMillis, certainty: 'reported' },
    reopenedMillis: atMillis,
    attributes: {},
    references: {},
    names: [queuedName(address, sha)],
  }
}

const branchesOf = ({ branches }: StatusPayload): readonly string[] =>
  (branches ?? []).flatMap(({ name }) => name || []).slice(0, MAX_BRANCHES)

/** The statuses of a pull request stand in the repository that it was offered to. */
const referencesOf = (payload: StatusPayload, job: JenkinsJob, home: Repository): References => {
  const number = job.pullRequest
  const branches: readonly Reference[] = branchesOf(payload).map((branch) => lookUp(branchName(home, branch)))
  return withoutEmpty({
    ...commitReferences(payload.sha),
    pull_request_number: number === undefined ? [] : [joinActivity(pullRequestKey(home, number))],
    branch: number === undefined ? branches : [],
    queued: [lookUp(queuedName(job.address, payload.sha))],
  })
}

/** In the form of Jenkins's own plugins, which may report the same run; what they would say otherwise is left out. */
const attributesOf = (payload: StatusPayload, run: JenkinsRun, result: StatusResult | undefined): Attributes => {
  const { address, number, job } = run
  const branch = branchOf(payload, job)
  const sha = buildsMerge(payload, job) ? undefined : payload.sha
  return {
    service: 'jenkins',
    ...vcsAttributes(payload.repository),
    ...known({
      'build.url': address,
      'build.ci.url': job.controller,
      'build.job.name': job.leaf,
      'build.job.full_name': job.fullName,
      'build.number': number,
      'build.result': result?.word,
      'build.status.context': payload.context,
      'cicd.pipeline.name': job.fullName,
      'cicd.pipeline.run.id': String(number),
      'cicd.pipeline.run.url.full': address,
      'scm.branch': branch,
      'scm.head.sha': sha,
      'vcs.ref.head.name': branch,
      'vcs.ref.head.revision': sha,
      'vcs.ref.head.type': branch === undefined ? undefined : 'branch',
    }),
  }
}

/** The branch that the job is called after, or the only one that has the commit; of a pull request none is sure. */
const branchOf = (payload: StatusPayload, { leaf, pullRequest }: JenkinsJob): string | undefined => {
  if (pullRequest !== undefined) return undefined
  const branches = branchesOf(payload)
  return branches.find((branch) => branch === decoded(leaf)) ?? (branches.length === 1 ? branches[0] : undefined)
}

/** Then what was checked out is a merge that only Jenkins knows, and the status stands at the head. */
const buildsMerge = ({ context }: StatusPayload, { leaf }: JenkinsJob): boolean =>
  context.endsWith('/pr-merge') || /^PR-[0-9]+-merge$/.test(leaf)
