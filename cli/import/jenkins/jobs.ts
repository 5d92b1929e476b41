import * as z from 'zod/mini'
import { refusal } from '../../../local/refusal.ts'
import type { Jenkins } from './client.ts'

/** A job that has runs. */
export interface Job {
  /** `acme/shop/PR-12` */
  readonly fullName: string
  /** `job/acme/job/shop/job/PR-12` */
  readonly path: string
}

const item = z.object({
  /** Of a folder, an organisation folder and a multibranch job. */
  jobs: z.nullish(z.array(z.object({ name: z.string() }))),
})

const MAX_DEPTH = 10

/** `job/acme/job/feature%252Fx` of `acme/feature%2Fx` */
export const pathOf = (fullName: string): string =>
  fullName
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => `job/${encodeURIComponent(segment)}`)
    .join('/')

/** The jobs at and below a name, in order of their names; of the whole controller where there is none. @throws Refusal */
export const jobsBelow = async (jenkins: Jenkins, fullName: string, depth = 0): Promise<readonly Job[]> => {
  const path = pathOf(fullName)
  const what = fullName === '' ? 'jobs' : `job ${fullName}`
  const { data } = z.safeParse(item, await jenkins.ask(path, 'jobs[name]', what))
  if (data === undefined) throw refusal(`Jenkins answered something else than a job for ${what}: see to --url.`)
  if (data.jobs == null) return fullName === '' ? [] : [{ fullName, path }]
  if (depth >= MAX_DEPTH) return []
  const below: Job[] = []
  for (const name of data.jobs.map((job) => job.name).sort()) {
    below.push(...(await jobsBelow(jenkins, fullName === '' ? name : `${fullName}/${name}`, depth + 1)))
  }
  return below
}
