import { idOf } from '../../demo/history/hash.ts'
import type { Random } from '../../demo/history/random.ts'
import { HOUR, MINUTE } from '../../demo/history/time.ts'
import type { ActivityKey } from '../../lib/delivery/activity.ts'
import type { DeployWay } from './habits.ts'
import type { Deployment, Job, Landing, Place, Pull, Run } from './model.ts'
import { later, WORLD_START } from './moments.ts'
import { PEOPLE } from './places.ts'
import { headsOf } from './pulls.ts'
import { type RunPlan, timesFor } from './runs.ts'
import { isPlain } from './sayings.ts'

const ENVIRONMENTS = ['staging', 'production'] as const
type Environment = (typeof ENVIRONMENTS)[number]

/** What lands is not all deployed by itself; what fails is tried again; now and then the one before comes back. */
const DEPLOY_RATE: Readonly<Record<Environment, number>> = { staging: 0.45, production: 0.3 }
const ROLLBACK_RATE = 0.08

export interface Deploys {
  readonly runs: readonly RunPlan[]
  readonly deployments: readonly Deployment[]
}

export interface Surroundings {
  readonly place: Place
  /** What landed in this repository, in order of time. */
  readonly landings: readonly Landing[]
  /** The builds that may start a deploy of what landed. */
  readonly buildsOf: (sha: string) => readonly Run[]
  /** The pull request of a landing, by its key. */
  readonly pullKeyOf: (landing: Landing) => ActivityKey | undefined
}

interface Order {
  readonly id: string
  readonly environment: Environment
  readonly landing: Landing
  readonly atMillis: number
}

export const deploysOf = (random: Random, surroundings: Surroundings): Deploys => {
  const orders = ENVIRONMENTS.flatMap((environment) => ordersOf(random, surroundings.landings, environment))
  const starts = new Set<string>()
  const made = orders
    .map((order) => deployOf(random, surroundings, order))
    .filter((deploy) => {
      // Two deploys to one environment that started at once have no order.
      const start = `${deploy.environment} ${Math.floor(deploy.startMillis / 1000)}`
      return starts.has(start) ? false : starts.add(start)
    })
  return {
    runs: made.flatMap(({ run }) => run ?? []),
    deployments: made.flatMap(({ deployment }) => deployment ?? []),
  }
}

const ordersOf = (random: Random, landings: readonly Landing[], environment: Environment): readonly Order[] =>
  landings.flatMap((landing, at) => {
    if (!random.chance(DEPLOY_RATE[environment])) return []
    const wait = environment === 'staging' ? 40 * MINUTE : 7 * HOUR
    const atMillis = landing.pushedMillis + random.around(wait)
    const order = (name: string, of: Landing, byMillis: number): Order => ({
      id: `${of.sha}/${environment} ${name}`,
      environment,
      landing: of,
      atMillis: atMillis + byMillis,
    })
    const before = landings[at - 1 - Math.floor(random.between(0, 2))]
    return [
      order(`of ${landing.sha}`, landing, 0),
      ...(random.chance(0.12) ? [order(`again of ${landing.sha}`, landing, random.around(90 * MINUTE))] : []),
      ...(before !== undefined && random.chance(ROLLBACK_RATE)
        ? [order(`back of ${landing.sha}`, before, random.around(3 * HOUR))]
        : []),
    ]
  })

interface Made {
  readonly environment: Environment
  readonly startMillis: number
  readonly run?: RunPlan
  readonly deployment?: Deployment
}

const deployOf = (random: Random, surroundings: Surroundings, order: Order): Made => {
  const { place } = surroundings
  const way: DeployWay = random.chance(0.85)
    ? place.deploys.by
    : random.pick(['upstream', 'checkout', 'marker', 'latest', 'github'])
  if (way !== 'github') return jenkinsDeploy(random, surroundings, order, way)
  const { environment, landing, atMillis, id } = order
  const startMillis = later(WORLD_START, atMillis - WORLD_START)
  const deployment = deploymentOf(random, { place, id, sha: landing.sha, ref: 'main', environment, startMillis })
  return { environment, startMillis, deployment }
}

const RESULTS = { SUCCESS: 74, FAILURE: 16, UNSTABLE: 3, ABORTED: 5, NOT_BUILT: 2 } as const

const jenkinsDeploy = (
  random: Random,
  around: Surroundings,
  order: Order,
  wanted: Exclude<DeployWay, 'github'>,
): Made => {
  const { place } = around
  const { environment, landing, id, atMillis } = order
  const [build] = around.buildsOf(landing.sha)
  const pull = around.pullKeyOf(landing)
  // In a parameter such a name would be read otherwise.
  const canMark = pull !== undefined && isPlain(place)
  const way = (wanted === 'upstream' && build === undefined) || (wanted === 'marker' && !canMark) ? 'checkout' : wanted
  const tellsCheckout = way === 'checkout' || random.chance(0.5)
  const startedAfterMillis = way === 'upstream' && build !== undefined ? Math.max(build.endMillis, atMillis) : atMillis
  const times = timesFor(random, startedAfterMillis, 7 * MINUTE)
  const run: RunPlan = {
    ...{ id, place, ciUrl: place.ci.ciUrl, job: jobOf(place) },
    // The Notification plugin tells no cause.
    plugin: way === 'upstream' ? 'gatherer' : place.deploys.plugin,
    ...times,
    result: random.weighted(RESULTS),
    startedBy: random.pick(PEOPLE),
    ...(way === 'upstream' && build !== undefined
      ? { upstream: { job: build.job.fullName, number: build.number } }
      : {}),
    parameters: { type: 'deploy', environment, deploy_type: random.pick(['container', 'mutable', 'ami']) },
    ...(way === 'marker' && pull !== undefined ? { marked: pull } : {}),
    ...(tellsCheckout && way !== 'latest'
      ? { checkout: { branch: 'main', sha: landing.sha, isToldAtStart: random.chance(0.7) } }
      : {}),
    ...(way === 'latest' ? { checkout: { branch: 'main', sha: '', isToldAtStart: true } } : {}),
  }
  return { environment, startMillis: times.startMillis, run }
}

const jobOf = ({ fullName, facts, deploys: { job } }: Place): Job => {
  const name = job.replace('shop', facts.name)
  return { fullName: `${fullName.split('/')[0]}/${name}`, namesDeploy: job !== 'shop-release' }
}

const PREVIEW_RATE = 0.35

/** GitHub's deployments of what is not merged yet, to look at it. */
export const previewsOf = (random: Random, pull: Pull, branch: string): readonly Deployment[] =>
  pull.place.deploys.by !== 'github'
    ? []
    : headsOf(pull).flatMap(({ sha, atMillis }, at) => {
        if (!random.chance(PREVIEW_RATE)) return []
        const startMillis = later(atMillis, random.between(10, 300) * 1000)
        const { place, id } = pull
        return [
          deploymentOf(random, {
            place,
            id: `${id}/preview ${at}`,
            sha,
            ref: branch,
            environment: 'preview',
            startMillis,
          }),
        ]
      })

interface Start extends Pick<Deployment, 'place' | 'sha' | 'ref' | 'environment' | 'startMillis'> {
  readonly id: string
}

const deploymentOf = (random: Random, { id, ...start }: Start): Deployment => ({
  ...start,
  id: 100_000_000 + idOf(start.place.fullName, id),
  isProduction: start.environment === 'production',
  endMillis: later(start.startMillis, random.around(4 * MINUTE)),
  state: random.weighted({ success: 80, failure: 14, error: 6 }),
  by: random.pick(PEOPLE),
})
