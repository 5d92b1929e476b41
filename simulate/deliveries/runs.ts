import { SECOND } from '../../demo/history/time.ts'
import type { JenkinsRun } from '../../demo/payloads/jenkins-run.ts'
import { notification, type Phase } from '../../demo/payloads/notification.ts'
import { gathererEnd, gathererStart } from '../../demo/payloads/statistics-gatherer.ts'
import { pullRequestKey, repositoryPath } from '../../lib/delivery/activity.ts'
import type { Run } from '../world/model.ts'
import type { Delivery } from './delivery.ts'
import { keyOfRun, keyOfUpstream } from './keys.ts'
import { statusDeliveries } from './statuses.ts'
import type { Result, RunTelling, Told } from './telling.ts'

export const RESULTS: Readonly<Record<Run['result'], Result>> = {
  SUCCESS: 'success',
  UNSTABLE: 'success',
  FAILURE: 'failure',
  ABORTED: 'cancellation',
  NOT_BUILT: 'skip',
}

/** All that is reported of a run: by a plugin, by GitHub's statuses, or by both. */
export const runDeliveries = (run: Run): readonly Delivery[] => [
  ...(run.plugin === 'gatherer' ? gathererDeliveries(run) : []),
  ...(run.plugin === 'notification' ? notificationDeliveries(run) : []),
  ...statusDeliveries(run),
]

const jenkins = { source: 'jenkins' } as const

/** What its start says of parameters and cause is gone at the end. */
const gathererDeliveries = (run: Run): readonly Delivery[] => {
  const { id, startMillis, endMillis, durationMillis, checkout } = run
  const tellsCheckout = checkout?.isToldAtStart ?? false
  const upstream = keyOfUpstream(run)
  return [
    {
      ...{ id: `${id} start`, atMillis: startMillis, target: jenkins },
      body: () => gathererStart(payloadRun(run, tellsCheckout)),
      telling: {
        ...told(run, tellsCheckout, true),
        start: reported(startMillis),
        ...(upstream === undefined ? {} : { upstream }),
      },
    },
    {
      ...{ id: `${id} end`, atMillis: endMillis, target: jenkins },
      body: () => gathererEnd(payloadRun(run, true)),
      telling: {
        ...told(run, true, false),
        start: { value: endMillis - durationMillis, sureness: 'derived' },
        end: reported(endMillis),
        result: RESULTS[run.result],
      },
    },
  ]
}

const FINALIZED_AFTER = 3 * SECOND

/** Parameters stand in every phase, a cause in none. */
const notificationDeliveries = (run: Run): readonly Delivery[] => {
  const { startMillis, endMillis, queueMillis, checkout } = run
  const durationMillis = endMillis - startMillis
  const result = RESULTS[run.result]
  const finalizedMillis = endMillis + FINALIZED_AFTER
  const phase = (
    name: Phase,
    atMillis: number,
    isLate: boolean,
    moments: Pick<RunTelling, 'start' | 'end' | 'result' | 'durationMillis'>,
  ): Delivery => {
    const tellsCheckout = isLate || (checkout?.isToldAtStart ?? false)
    return {
      ...{ id: `${run.id} ${name}`, atMillis, target: jenkins },
      body: () => notification(name, payloadRun(run, tellsCheckout), atMillis),
      telling: { ...told(run, tellsCheckout, true), ...moments },
    }
  }
  const derived: Told<number> = { value: startMillis, sureness: 'derived' }
  return [
    phase('QUEUED', startMillis - queueMillis, false, { start: estimated(startMillis - queueMillis) }),
    phase('STARTED', startMillis, false, { start: reported(startMillis) }),
    phase('COMPLETED', endMillis, true, { start: derived, end: reported(endMillis), result }),
    // Its own time is that of sending, so all but the duration is about.
    phase('FINALIZED', finalizedMillis, true, {
      start: estimated(finalizedMillis - durationMillis),
      end: estimated(finalizedMillis),
      result,
      durationMillis,
    }),
  ]
}

const reported = (value: number): Told<number> => ({ value, sureness: 'reported' })
const estimated = (value: number): Told<number> => ({ value, sureness: 'estimated' })

const payloadRun = (run: Run, tellsCheckout: boolean): JenkinsRun => {
  const { job, place, number, ciUrl, startMillis, endMillis, durationMillis, queueMillis, result } = run
  const { marked, parameters, startedBy, upstream, checkout } = run
  return {
    ...{ fullJobName: job.fullName, number, ciUrl, startMillis, endMillis, durationMillis, queueMillis, result },
    cause:
      upstream === undefined
        ? `Started by user ${startedBy.login}`
        : `Started by upstream project "${upstream.job}" build number ${upstream.number}`,
    startedBy: { login: startedBy.login, name: startedBy.login },
    parameters: { ...parameters, ...(marked === undefined ? {} : { 'vstrace-trace-id': markerOf(marked) }) },
    scm:
      checkout === undefined || !tellsCheckout
        ? { url: '', branch: '', commit: '' }
        : { url: urlOf(place.fullName, number), branch: `origin/${checkout.branch}`, commit: checkout.sha },
  }
}

/** `vstrace-github-pull_request-acme/shop-12` of `pull_request:github.com/acme/shop#12`. */
const markerOf = (key: string): string => `vstrace-github-${key.replace(':github.com/', '-').replace(/#(\d+)$/, '-$1')}`

/** People set up both. */
const urlOf = (fullName: string, number: number): string =>
  number % 2 === 0 ? `https://github.com/${fullName}.git` : `git@github.com:${fullName}.git`

/** What a report of the plugins tells beside the times. */
const told = (run: Run, tellsCheckout: boolean, tellsParameters: boolean): Omit<RunTelling, 'start'> => {
  const { job, place, checkout, parameters, marked } = run
  const isDeploy = job.namesDeploy || (tellsParameters && parameters.type === 'deploy')
  const path = repositoryPath(place.address)
  const home = checkout === undefined || !tellsCheckout ? undefined : path
  const pull =
    job.pull === undefined ? undefined : { key: pullRequestKey(place.address, job.pull), isSure: home !== undefined }
  const byFolder =
    job.folder !== undefined && job.pull === undefined && job.branch !== undefined ? [`${path}:${job.branch}`] : []
  const branches = home !== undefined && checkout !== undefined ? [`${home}:${checkout.branch}`] : byFolder
  const { environment, deploy_type } = tellsParameters ? parameters : {}
  return {
    ...{ kind: 'run', by: 'plugin', key: keyOfRun(run), deploys: isDeploy, branches },
    ...(home === undefined ? {} : { repository: home }),
    ...(home === undefined || !checkout?.sha ? {} : { sha: checkout.sha }),
    ...(pull === undefined ? {} : { pull }),
    ...(environment === undefined ? {} : { environment }),
    ...(deploy_type === undefined ? {} : { deployType: deploy_type }),
    ...(marked !== undefined && tellsParameters ? { marked } : {}),
  }
}
