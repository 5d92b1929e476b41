import { isAddress, runKey } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { MalformedField } from '../delivery/malformed.ts'
import type { Installation } from '../delivery/source.ts'
import { parseJobName } from './job.ts'
import type { GathererPayload } from './payload.ts'
import { operationOf, type Run, referencesOf, runAttributes } from './run.ts'
import { runResult } from './run-result.ts'
import { withoutCredentials } from './scm.ts'
import { durationMillis, epochMillis } from './times.ts'
import { upstreamRun } from './upstream.ts'

/**
 * A build event of the Statistics Gatherer. At the start `startTime` is true and `endTime` the time of sending; at the
 * end it is the other way round, and parameters, cause and queue time are gone.
 *
 * @throws MalformedField when the time that counts is missing
 * @see https://github.com/jenkinsci/statistics-gatherer-plugin
 */
export const gathererEvent = (payload: GathererPayload, installation: Installation): DeliveryEvent => {
  const key = runKey(buildUrl(payload))
  const run = runOf(payload, installation)
  const shared = {
    key,
    operation: operationOf(run),
    attributes: gathererAttributes(payload, run),
    references: referencesOf(run),
    names: [],
  }
  if (payload.result === 'INPROGRESS') {
    const startMillis = required('startTime', epochMillis(payload.startTime))
    return {
      ...shared,
      stage: 'started',
      observedMillis: startMillis,
      opened: { atMillis: startMillis, certainty: 'reported' },
    }
  }
  const endMillis = required('endTime', epochMillis(payload.endTime))
  return {
    ...shared,
    stage: 'finished',
    observedMillis: endMillis,
    opened: { atMillis: endMillis - durationMillis(payload.duration), certainty: 'derived' },
    ended: { atMillis: endMillis, certainty: 'reported', result: runResult(payload.result) },
  }
}

const required = (path: string, millis: number | undefined): number => {
  if (millis === undefined) throw new MalformedField(path, 'is not a time')
  return millis
}

/** `buildUrl` is relative to the controller's address; an absolute one is taken as it is. */
const buildUrl = ({ ciUrl, buildUrl: path }: GathererPayload): string => {
  const base = ciUrl.endsWith('/') ? ciUrl : `${ciUrl}/`
  const address = withoutCredentials(URL.canParse(path, base) ? new URL(path, base).toString() : '') ?? ''
  if (!isAddress(address)) throw new MalformedField('buildUrl', 'is not an address, or too long')
  return address
}

const runOf = (
  { fullJobName, parameters, scmInfo, buildCause, ciUrl }: GathererPayload,
  { githubHost, repositoryOfJob }: Installation,
): Run => {
  const upstream = upstreamRun(buildCause, ciUrl)
  const mapped = repositoryOfJob(fullJobName)
  return {
    job: parseJobName(fullJobName, githubHost),
    parameters: parameters ?? {},
    scm: scmInfo ?? {},
    ...(upstream === undefined ? {} : { upstream }),
    ...(mapped === undefined ? {} : { mapped }),
    githubHost,
  }
}

const gathererAttributes = (payload: GathererPayload, run: Run): Attributes => ({
  ...runAttributes(run),
  ...known({
    'build.ci.url': withoutCredentials(payload.ciUrl),
    'build.url': buildUrl(payload),
    'build.job.name': payload.jobName,
    'build.job.full_name': payload.fullJobName,
    'build.number': payload.number,
    'build.result': payload.result === 'INPROGRESS' ? undefined : payload.result,
    'build.context_id': payload.contextId || undefined,
    'build.cause': payload.buildCause,
    'build.started.user.name': payload.startedUserName ?? payload.startedUsername,
    'build.started.user.id': payload.startedUserId,
    'build.queue_millis': payload.queueTime || undefined,
    'build.failure_causes': failureCauses(payload),
    'cicd.pipeline.name': payload.fullJobName,
    'cicd.pipeline.run.id': String(payload.number),
    'cicd.pipeline.run.url.full': buildUrl(payload),
    'cicd.worker.name': payload.slaveInfo?.slaveName,
  }),
})

const failureCauses = ({ buildFailureCauses }: GathererPayload): readonly string[] | undefined => {
  const names = buildFailureCauses?.flatMap(({ name }) => name ?? []).sort()
  return names === undefined || names.length === 0 ? undefined : names
}
