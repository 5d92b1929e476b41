import { type Random, randomOf } from '../../demo/history/random.ts'
import { commitKey, issueKey } from '../../lib/delivery/activity.ts'
import { groupBy } from '../../lib/delivery/group-by.ts'
import { inTurn } from './branches.ts'
import { deploysOf, previewsOf } from './deploys.ts'
import { landingsOf } from './landings.ts'
import type { Issue, Landing, Place, Pull, Run, World } from './model.ts'
import { momentsApart, WORLD_MILLIS, WORLD_START } from './moments.ts'
import { numbersOf } from './numbers.ts'
import { placesOf } from './places.ts'
import { downstream, keyOfPull, landingBuilds, numbered, pullBuilds, type RunPlan } from './runs.ts'
import { storyOf } from './stories.ts'
import type { Story } from './story.ts'
import { branchOf } from './texts.ts'
import { landingWorkflows, pullWorkflows } from './workflow-runs.ts'

/** How many activities a story becomes in the mean, by experience. */
const ACTIVITIES_A_STORY = 5.6

/** A delivery organisation with about so many activities: the same for the same seed. */
export const worldOf = (seed: number, activities: number): World => {
  const places = placesOf(seed, activities)
  const stories = storiesOf(seed, activities, places)
  const issues = stories.flatMap((story) => story.issues)
  const planned = stories.flatMap((story) => story.pulls)
  const names = namesOf(issues, planned)
  const pulls = inTurn(names, planned)
  const landings = [...landingsOf(pulls), ...stories.flatMap(({ pushes }) => pushes)].sort(
    (a, b) => a.atMillis - b.atMillis,
  )
  const random = randomOf(seed * 7_919 + 13)
  const builds = buildsOf(random, { pulls, landings }, names)
  const workflowRuns = [
    ...pulls.filter(runsWorkflows).flatMap((pull) => pullWorkflows(random, pull, branchOf(names, pull))),
    ...landings.filter(runsWorkflows).flatMap((landing) => landingWorkflows(random, landing)),
  ]
  const deploys = deploysAt(random, { places, landings, builds }, names)
  const previews = pulls.flatMap((pull) => previewsOf(random, pull, branchOf(names, pull)))
  return {
    ...{ places, issues, pulls, landings, workflowRuns, ...names },
    runs: [...builds, ...numbered(deploys.flatMap(({ runs }) => runs))],
    deployments: [...deploys.flatMap(({ deployments }) => deployments), ...previews],
  }
}

/** How many activities of a world become spans once they end. */
export const activitiesOf = ({ issues, pulls, runs, workflowRuns, deployments }: World): number =>
  issues.length + pulls.length + runs.length + workflowRuns.length + deployments.length

const storiesOf = (seed: number, activities: number, places: readonly [Place, ...Place[]]): readonly Story[] => {
  const moments = momentsApart()
  return Array.from({ length: Math.ceil(activities / ACTIVITIES_A_STORY) }, (_, at) => {
    const random = randomOf(seed * 1_000_003 + at)
    const fromMillis = WORLD_START + Math.floor((random.next() * WORLD_MILLIS) / 1000) * 1000
    return storyOf(random, { id: `${seed}/${at}`, places, moments, fromMillis })
  })
}

type Names = Pick<World, 'numberOf' | 'issueById'>

const namesOf = (issues: readonly Issue[], pulls: readonly Pull[]): Names => {
  const byId = new Map(issues.map((issue) => [issue.id, issue]))
  const issueById = (id: string): Issue => {
    const issue = byId.get(id)
    if (issue === undefined) throw new RangeError(`${id} is no issue of this world`)
    return issue
  }
  return { numberOf: numbersOf(issues, pulls), issueById }
}

const runsWorkflows = ({ place }: { readonly place: Place }): boolean => place.ci.by === 'workflows'

const DOWNSTREAM_RATE = 0.06

const buildsOf = (
  random: Random,
  { pulls, landings }: Pick<World, 'pulls' | 'landings'>,
  names: Names,
): readonly Run[] => {
  const ofPulls = pulls
    .filter((pull) => !runsWorkflows(pull))
    .flatMap((pull) => pullBuilds(random, pull, names.numberOf(pull.id), branchOf(names, pull)))
  const ofLandings = landings
    .filter((landing) => !runsWorkflows(landing))
    .flatMap((landing) => landingBuilds(random, landing, parentOf(landing, names)))
  const builds = numbered([...ofPulls, ...ofLandings])
  const started = builds.flatMap((run): RunPlan[] => (random.chance(DOWNSTREAM_RATE) ? [downstream(random, run)] : []))
  return [...builds, ...numbered(started)]
}

/** What a build of a landing was made for. */
const parentOf = ({ place, sha, pull, fixes }: Landing, { numberOf, issueById }: Names): string => {
  if (pull !== undefined) return keyOfPull(pull, numberOf(pull.id))
  return fixes === undefined ? commitKey(place.address, sha) : issueKey(issueById(fixes).place.address, numberOf(fixes))
}

interface Delivered {
  readonly places: readonly Place[]
  readonly landings: readonly Landing[]
  readonly builds: readonly Run[]
}

const deploysAt = (random: Random, { places, landings, builds }: Delivered, { numberOf }: Names) => {
  const ofMain = groupBy(
    builds.filter(({ job }) => job.branch === 'main'),
    ({ id }) => id.split('/')[0] ?? '',
  )
  const landed = groupBy(landings, ({ place }) => place)
  return places.map((place) =>
    deploysOf(random, {
      place,
      landings: landed.get(place) ?? [],
      buildsOf: (sha) => ofMain.get(sha) ?? [],
      pullKeyOf: ({ pull }) => (pull === undefined ? undefined : keyOfPull(pull, numberOf(pull.id))),
    }),
  )
}
