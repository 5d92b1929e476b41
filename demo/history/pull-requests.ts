import { deploysOf } from './deploys.ts'
import { shaOf } from './hash.ts'
import type { Random } from './random.ts'
import type { IssueLink, PullRequestStory, PushStory, RunResult, RunStory } from './story.ts'
import { HOUR, MINUTE, SECOND, wholeSecond } from './time.ts'
import type { DeployType } from './world.ts'

interface Attempt {
  /** Names the pull request, for its commits. */
  readonly id: string
  readonly openedMillis: number
  readonly deployType: DeployType
  readonly merged: boolean
}

const LINKS: Readonly<Record<IssueLink, number>> = {
  'closing keyword': 60,
  'marker in branch': 25,
  'marker in title': 15,
}

/** One pull request with its builds, its end, and, when it was merged, its deploys. */
export const pullRequestOf = (random: Random, { id, openedMillis, deployType, merged }: Attempt): PullRequestStory => {
  const linkedBy = random.weighted(LINKS)
  const pushes = pushesOf(random, id, openedMillis, merged)
  const builtMillis = Math.max(...pushes.map(({ build }) => build.endMillis))
  const reviewedMillis = openedMillis + random.around(18 * HOUR)
  const closedMillis = wholeSecond(Math.max(builtMillis, reviewedMillis) + random.between(2, 40) * MINUTE)
  return {
    linkedBy,
    openedMillis,
    pushes,
    closedMillis,
    ...(merged ? { mergeSha: shaOf(id, 'merge') } : {}),
    deploys: merged ? deploysOf(random, deployType, closedMillis) : [],
  }
}

const pushesOf = (random: Random, id: string, openedMillis: number, merged: boolean): [PushStory, ...PushStory[]] => {
  const more = [0.4, 0.25].filter((probability) => random.chance(probability)).length
  const push = (at: number, atMillis: number): PushStory => ({
    atMillis,
    sha: shaOf(id, 'push', at),
    // Nobody merges what does not build.
    build: buildOf(random, atMillis, merged && at === more ? { SUCCESS: 94, UNSTABLE: 6 } : RESULTS),
  })
  const pushes: [PushStory, ...PushStory[]] = [push(0, openedMillis)]
  for (let at = 1; at <= more; at += 1) {
    const before = pushes[at - 1]?.build.endMillis ?? openedMillis
    pushes.push(push(at, wholeSecond(before + random.around(3 * HOUR))))
  }
  return pushes
}

const RESULTS = { SUCCESS: 58, FAILURE: 26, ABORTED: 8, UNSTABLE: 8 }

const buildOf = (
  random: Random,
  pushedMillis: number,
  results: Readonly<Partial<Record<RunResult, number>>>,
): RunStory => {
  const queueMillis = Math.round(random.between(1, 90) * SECOND)
  const startMillis = pushedMillis + 4 * SECOND + queueMillis
  const result = random.weighted<RunResult>({ SUCCESS: 0, UNSTABLE: 0, FAILURE: 0, ABORTED: 0, ...results })
  const durationMillis = random.around(11 * MINUTE) * (result === 'ABORTED' ? 0.3 : 1)
  return { startMillis, endMillis: Math.round(startMillis + durationMillis), queueMillis, result }
}
