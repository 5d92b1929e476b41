import { gathererEnd, gathererStart, notification } from '../payloads/jenkins.ts'
import type { Answered } from '../support/system.ts'
import { millis } from './clock.ts'

type Fields = Readonly<Record<string, unknown>>

const runFields = (job: string, number: number) => ({
  jobName: job.split('/').at(-1),
  fullJobName: job,
  number,
  buildUrl: `${job
    .split('/')
    .map((segment) => `job/${segment}`)
    .join('/')}/${number}/`,
})
const NO_CHECKOUT = { url: '', branch: '', commit: '' }

/** What Jenkins's two plugins tell of runs, minute by minute. */
export const jenkinsRuns = (jenkins: (payload: unknown) => Promise<Answered>) => ({
  started: (job: string, number: number, minute: number, more: Fields = {}) =>
    jenkins(
      gathererStart({
        ...runFields(job, number),
        startTime: millis(minute),
        endTime: millis(minute) + 200,
        queueTime: 0,
        parameters: {},
        scmInfo: NO_CHECKOUT,
        ...more,
      }),
    ),
  ended: (job: string, number: number, minute: number, minutes: number, more: Fields = {}) =>
    jenkins(
      gathererEnd({
        ...runFields(job, number),
        startTime: millis(minute) + 300,
        endTime: millis(minute),
        duration: minutes * 60_000,
        ...more,
      }),
    ),
  notified: (job: string, number: number, phase: string, minute: number, build: Fields = {}) => {
    const { buildUrl } = runFields(job, number)
    const payload = notification({
      full_url: `https://ci.acme.com/${buildUrl}`,
      url: buildUrl,
      number,
      phase,
      timestamp: millis(minute),
      ...build,
    })
    return jenkins({ ...payload, name: job.split('/').at(-1), url: buildUrl.replace(/\d+\/$/, '') })
  },
})
