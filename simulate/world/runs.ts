import { shaOf } from '../../demo/history/hash.ts'
import type { Random } from '../../demo/history/random.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../demo/history/time.ts'
import type { JenkinsRun } from '../../demo/payloads/jenkins-run.ts'
import { type ActivityKey, pullRequestKey } from '../../lib/delivery/activity.ts'
import type { Checkout, Job, Landing, Place, Pull, Run } from './model.ts'
import { PEOPLE } from './places.ts'
import { headsOf } from './pulls.ts'

/** A run before its job's series gives it a number. */
export type RunPlan = Omit<Run, 'number'>

type Result = JenkinsRun['result']
const RESULTS: Readonly<Record<Result, number>> = { SUCCESS: 66, FAILURE: 18, UNSTABLE: 7, ABORTED: 6, NOT_BUILT: 3 }

interface Subject {
  readonly place: Place
  readonly id: string
  readonly job: Job
  readonly sha: string
  readonly branch: string
  /** The commit that the controller merges for itself, and that nobody else knows. */
  readonly isMergedLocally: boolean
  readonly pushedMillis: number
  /** Reports of any kind lead to it, as far as they say enough. */
  readonly madeFor?: ActivityKey
}

/** What any run has, whatever it is for. */
export const timesFor = (random: Random, afterMillis: number, medianMillis: number) => {
  const queueMillis = Math.round(random.between(0.5, 90) * SECOND)
  const startMillis = Math.round(afterMillis + 3 * SECOND + queueMillis)
  const endMillis = Math.round(startMillis + random.around(medianMillis) + 6 * SECOND)
  // The controller's own count starts a little before or after what it reports as the start.
  const durationMillis = endMillis - startMillis + (random.chance(0.3) ? Math.round(random.between(-900, 900)) : 0)
  return { queueMillis, startMillis, endMillis, durationMillis }
}

/** The builds of a pull request, in Jenkins: one or more of each push, some repeated, some before it was opened. */
export const pullBuilds = (random: Random, pull: Pull, number: number, branch: string): readonly RunPlan[] => {
  const { place, isFork, openedMillis, id } = pull
  const isBranch = place.ci.buildsBranches && !isFork
  const job = isBranch ? branchJob(place, branch) : pullJob(place, number)
  return headsOf(pull).flatMap(({ sha, atMillis }, at) => {
    const isEarly = isBranch && at === 0 && random.chance(0.3)
    const subject: Subject = {
      ...{ place, job, sha, branch, id: `${id}/build ${at}` },
      isMergedLocally: place.ci.mergesLocally && !isBranch,
      pushedMillis: isEarly ? openedMillis - Math.round(random.between(2, 50) * MINUTE) : atMillis,
    }
    return buildsOf(random, subject, random.chance(0.85) ? 1 : 0)
  })
}

/** The builds of what has landed, some repeated later, and some that start others. */
export const landingBuilds = (
  random: Random,
  landing: Landing,
  madeFor: ActivityKey | undefined,
): readonly RunPlan[] => {
  const { place, sha, pushedMillis } = landing
  const subject: Subject = {
    ...{
      place,
      sha,
      pushedMillis,
      job: branchJob(place, 'main'),
      branch: 'main',
      id: `${sha}/main`,
      isMergedLocally: false,
    },
    ...(madeFor === undefined ? {} : { madeFor }),
  }
  return buildsOf(random, subject, random.chance(0.8) ? 1 : 0)
}

const buildsOf = (random: Random, subject: Subject, count: number): readonly RunPlan[] => {
  if (count === 0) return []
  const first = build(random, subject, 1, subject.pushedMillis)
  const again = random.chance(first.result === 'SUCCESS' ? 0.05 : 0.4)
  if (!again) return [first]
  const afterMillis = first.endMillis + random.around(random.chance(0.2) ? 2 * DAY : HOUR)
  return [first, build(random, subject, 2, afterMillis)]
}

const build = (random: Random, subject: Subject, at: number, afterMillis: number): RunPlan => {
  const { place, id, job, sha, branch, isMergedLocally, madeFor } = subject
  const { ci } = place
  const plugin = ci.by === 'gatherer' || ci.by === 'notification' ? ci.by : undefined
  const hasStatuses = plugin === undefined || random.chance(ci.statusRate)
  const checkout: Checkout | undefined = random.chance(ci.checkoutRate)
    ? { branch, sha: isMergedLocally ? shaOf(id, at, 'merged locally') : sha, isToldAtStart: random.chance(0.6) }
    : undefined
  const isFound = hasStatuses || checkout !== undefined
  return {
    ...{ id: `${id} ${at}`, place, ciUrl: ci.ciUrl, job },
    ...(plugin === undefined ? {} : { plugin }),
    ...(hasStatuses ? { statusSha: sha } : {}),
    ...timesFor(random, afterMillis, 8 * MINUTE),
    result: random.weighted(RESULTS),
    startedBy: random.pick(PEOPLE),
    parameters: random.chance(0.2) ? { suite: 'full' } : {},
    ...(checkout === undefined ? {} : { checkout }),
    ...(isFound && madeFor !== undefined ? { madeFor } : {}),
  }
}

const pullJob = (place: Place, pull: number): Job => ({
  fullName: `${place.fullName}/PR-${pull}`,
  pull,
  folder: place.address,
  namesDeploy: false,
})

/** The name of a branch is percent-encoded in a job's name. */
export const branchJob = (place: Place, branch: string): Job => ({
  fullName: `${place.fullName}/${encodeURIComponent(branch)}`,
  folder: place.address,
  branch,
  namesDeploy: false,
})

/** A job that a build starts, for tests across repositories: it says nothing of its own but who has started it. */
export const downstream = (random: Random, of: Run): RunPlan => ({
  ...{ id: `${of.id}/downstream`, place: of.place, ciUrl: of.ciUrl, plugin: 'gatherer' as const },
  job: { fullName: `${of.place.fullName}-integration`, namesDeploy: false },
  ...timesFor(random, of.endMillis, 15 * MINUTE),
  result: random.weighted(RESULTS),
  startedBy: random.pick(PEOPLE),
  upstream: { job: of.job.fullName, number: of.number },
  parameters: {},
  ...(of.checkout !== undefined && random.chance(0.4) ? { checkout: of.checkout } : {}),
})

/** The pull request that a run was made for, by its key. */
export const keyOfPull = (pull: Pull, number: number): ActivityKey => pullRequestKey(pull.place.address, number)

/** Numbers count up within a job, in the order of the starts. */
export const numbered = (plans: readonly RunPlan[]): readonly Run[] => {
  const last = new Map<string, number>()
  return [...plans]
    .sort((a, b) => a.startMillis - b.startMillis)
    .map((plan) => {
      const series = `${plan.ciUrl}${plan.job.fullName}`
      const number = (last.get(series) ?? 0) + 1
      last.set(series, number)
      return { ...plan, number }
    })
}
