import * as z from 'zod/mini'
import type { JsonObject, Told } from '../webhook.ts'
import { type Checkout, checkout, checkoutOf } from './checkout.ts'

const text = z.nullish(z.string())
const parameter = z.looseObject({
  name: text,
  value: z.nullish(z.union([z.string(), z.number(), z.boolean(), z.unknown()])),
})
const cause = z.object({
  shortDescription: text,
  upstreamProject: text,
  upstreamBuild: z.nullish(z.int()),
  userId: text,
  userName: text,
})
const failure = z.looseObject({ name: text })
const action = z.object({
  parameters: z.nullish(z.array(parameter)),
  causes: z.nullish(z.array(cause)),
  /** Of the Metrics plugin, where it is installed. */
  queuingDurationMillis: z.nullish(z.int()),
  /** Of the Build Failure Analyzer, where it is installed. */
  foundFailureCauses: z.nullish(z.array(failure)),
  ...checkout.shape,
})

/** A run as Jenkins's own API tells it; times in epoch milliseconds. */
export const jenkinsRun = z.object({
  number: z.int(),
  url: z.url(),
  building: z.nullish(z.boolean()),
  result: text,
  timestamp: z.number(),
  duration: z.nullish(z.number()),
  builtOn: text,
  actions: z.nullish(z.array(z.nullish(action))),
})
export type JenkinsApiRun = z.infer<typeof jenkinsRun>

/** What is asked of each run, in the language of Jenkins's parameter `tree`. */
export const RUN_TREE = [
  'number,url,building,result,timestamp,duration,builtOn',
  'actions[parameters[name,value],causes[shortDescription,upstreamProject,upstreamBuild,userId,userName]',
  'queuingDurationMillis,foundFailureCauses[id,name,description,categories]',
  'lastBuiltRevision[SHA1,branch[name]],remoteUrls]',
].join(',')

export interface JenkinsJob {
  /** `acme/shop/PR-12` */
  readonly fullName: string
}

/**
 * The build event of the Statistics Gatherer that tells of a run. Of one that has ended it tells start and end at once,
 * with what the plugin itself says only at the start, so that nobody can take the run for abandoned in between.
 */
export const runTold = ({ fullName }: JenkinsJob, run: JenkinsApiRun): Told => {
  const isRunning = run.building === true || run.result == null
  const endMillis = run.timestamp + (run.duration ?? 0)
  const path = new URL(run.url).pathname
  const root = path.slice(0, Math.max(path.indexOf('/job/'), 0))
  const payload: JsonObject = {
    ciUrl: `${new URL(run.url).origin}${root}/`,
    buildUrl: path.slice(root.length + 1),
    jobName: fullName.split('/').at(-1) ?? fullName,
    fullJobName: fullName,
    number: run.number,
    result: isRunning ? 'INPROGRESS' : run.result,
    startTime: run.timestamp,
    endTime: isRunning ? run.timestamp : endMillis,
    duration: isRunning ? 0 : (run.duration ?? 0),
    ...actionsTold(run, fullName),
    slaveInfo: { slaveName: run.builtOn ?? '' },
  }
  return [{ source: 'jenkins', payload }]
}

const actionsTold = ({ actions }: JenkinsApiRun, fullName: string): JsonObject => {
  const all = (actions ?? []).filter((one) => one != null)
  const causes = all.flatMap((one) => one.causes ?? [])
  const upstream = causes.find(({ upstreamProject, upstreamBuild }) => upstreamProject && upstreamBuild)
  const user = causes.find(({ userId, userName }) => userId || userName)
  const failures = all.flatMap((one) => one.foundFailureCauses ?? [])
  const queued = all.find((one) => one.queuingDurationMillis != null)?.queuingDurationMillis
  return {
    queueTime: queued ?? 0,
    buildCause:
      upstream === undefined
        ? (causes[0]?.shortDescription ?? '')
        : `Started by upstream project "${upstream.upstreamProject}" build number ${upstream.upstreamBuild}`,
    startedUserId: user?.userId ?? '',
    startedUserName: user?.userName ?? '',
    parameters: Object.fromEntries(
      all
        .flatMap((one) => one.parameters ?? [])
        .flatMap(({ name, value }) => (name && isPlain(value) ? [[name, value]] : [])),
    ),
    scmInfo: scmOf(checkoutOf(all, fullName)),
    buildFailureCauses: failures,
  }
}

/** Files and credentials are parameters too, and their values none. */
const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

const scmOf = (found: Checkout | undefined): JsonObject =>
  found === undefined ? {} : { url: found.url, branch: found.branch, commit: found.sha }
