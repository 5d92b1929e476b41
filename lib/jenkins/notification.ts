import { isAddress, runKey } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { MalformedField } from '../delivery/malformed.ts'
import type { Installation } from '../delivery/source.ts'
import { parseJobName } from './job.ts'
import type { NotificationPayload } from './payload.ts'
import { operationOf, type Run, referencesOf, runAttributes } from './run.ts'
import { runResult } from './run-result.ts'
import { withoutCredentials } from './scm.ts'
import { durationMillis, epochMillis } from './times.ts'

type Moments = Pick<DeliveryEvent, 'stage' | 'opened' | 'ended' | 'queuedMillis'>

/**
 * An event of the Notification plugin; undefined for a phase that tells nothing.
 *
 * @throws MalformedField when `build.timestamp` is none
 * @see https://github.com/jenkinsci/notification-plugin
 */
export const notificationEvent = (
  payload: NotificationPayload,
  { githubHost, repositoryOfJob }: Installation,
): DeliveryEvent | undefined => {
  const { build } = payload
  const atMillis = epochMillis(build.timestamp)
  if (atMillis === undefined) throw new MalformedField('build.timestamp', 'is not a time')
  const moments = momentsOf(payload, atMillis)
  if (moments === undefined) return undefined
  if (!isAddress(build.full_url)) throw new MalformedField('build.full_url', 'is not an address, or too long')
  const mapped = repositoryOfJob(jobName(payload))
  const run: Run = {
    job: parseJobName(jobName(payload), githubHost),
    parameters: build.parameters ?? {},
    scm: build.scm ?? {},
    ...(mapped === undefined ? {} : { mapped }),
    githubHost,
  }
  return {
    key: runKey(build.full_url),
    operation: operationOf(run),
    ...moments,
    observedMillis: atMillis,
    attributes: notificationAttributes(payload, run, moments.ended !== undefined),
    references: referencesOf(run),
    names: [],
  }
}

/**
 * What `timestamp` means in each phase. COMPLETED is the end. FINALIZED says the same once more at whatever time it
 * comes, so its own time is only an estimate; it serves where COMPLETED was lost.
 */
const momentsOf = ({ build }: NotificationPayload, atMillis: number): Moments | undefined => {
  const duration = durationMillis(build.duration)
  const result = runResult(build.status)
  switch (build.phase) {
    case 'QUEUED':
      return { stage: 'started', opened: { atMillis, certainty: 'estimated' }, queuedMillis: atMillis }
    case 'STARTED':
      return { stage: 'started', opened: { atMillis, certainty: 'reported' } }
    case 'COMPLETED':
      return {
        stage: 'finished',
        opened: { atMillis: atMillis - duration, certainty: 'derived' },
        ended: { atMillis, certainty: 'reported', result },
      }
    case 'FINALIZED':
      return {
        stage: 'finished',
        opened: { atMillis: atMillis - duration, certainty: 'estimated' },
        ended: { atMillis, certainty: 'estimated', result, ...(duration === 0 ? {} : { durationMillis: duration }) },
      }
    default:
      return undefined
  }
}

/** `name` is only the leaf; the job's path in `url` has the folders: `job/acme/job/shop/job/PR-12/`. */
const jobName = ({ name, url, build }: NotificationPayload): string => {
  const path = url || new URL(build.full_url).pathname
  const segments = [...path.matchAll(/(?:^|\/)job\/([^/]{1,500})/gu)].map(([, segment]) => segment ?? '')
  return segments.length === 0 ? name : segments.map(decoded).join('/')
}

/** Jenkins encodes a job's name for the address once more than the name itself is. */
const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const notificationAttributes = (payload: NotificationPayload, run: Run, ended: boolean): Attributes => {
  const { name, build } = payload
  const address = new URL(build.full_url)
  return {
    ...runAttributes(run),
    ...known({
      'build.ci.url': `${address.origin}${address.pathname.slice(0, Math.max(address.pathname.indexOf('/job/'), 0))}/`,
      'build.url': withoutCredentials(build.full_url),
      'build.job.name': name,
      'build.job.full_name': jobName(payload),
      'build.number': build.number,
      'build.result': ended ? build.status : undefined,
      'build.tests.total': build.test_summary?.total,
      'build.tests.failed': build.test_summary?.failed,
      'build.tests.skipped': build.test_summary?.skipped,
      'cicd.pipeline.name': jobName(payload),
      'cicd.pipeline.run.id': String(build.number),
      'cicd.pipeline.run.url.full': withoutCredentials(build.full_url),
    }),
  }
}
