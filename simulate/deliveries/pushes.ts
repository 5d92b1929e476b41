import { idOf, shaOf } from '../../demo/history/hash.ts'
import { MINUTE } from '../../demo/history/time.ts'
import { repositoryPath } from '../../lib/delivery/activity.ts'
import { type PushFacts, pushEvent } from '../payloads/push.ts'
import type { Landing, Pull, World } from '../world/model.ts'
import { headsOf, mergeOf } from '../world/pulls.ts'
import { textsOf } from '../world/texts.ts'
import type { Delivery } from './delivery.ts'
import { keyOfIssue, keyOfLanding, keyOfPull } from './keys.ts'

/** The `push` event of what has come onto a default branch. */
export const landingDelivery = (world: World, landing: Landing): Delivery => {
  const { place, sha, pushedMillis, pull, fixes } = landing
  return {
    id: `${sha} push`,
    atMillis: pushedMillis,
    target: { source: 'github', event: 'push' },
    body: () => pushEvent(factsOf(world, landing)),
    telling: {
      kind: 'push',
      key: keyOfLanding(landing),
      repository: repositoryPath(place.address),
      sha,
      atMillis: pushedMillis,
      ...(pull === undefined ? {} : { merges: keyOfPull(world, pull) }),
      ...(fixes === undefined ? {} : { fixes: keyOfIssue(world, fixes) }),
    },
  }
}

/** The `push` events of a pull request's branch, which tell nothing: it is the pull request that has the commits. */
export const branchDeliveries = (world: World, pull: Pull): readonly Delivery[] =>
  pull.isFork
    ? []
    : headsOf(pull).map(({ sha, atMillis }, at) => ({
        id: `${pull.id} push ${at}`,
        atMillis,
        target: { source: 'github', event: 'push' },
        body: () =>
          pushEvent({
            ...{ repository: pull.place.facts, branch: textsOf(world, pull, false).branch, by: pull.author },
            ...{
              before: shaOf(sha, 'before'),
              after: sha,
              message: 'Work on it',
              pushedMillis: atMillis,
              committedMillis: atMillis,
            },
          }),
      }))

const factsOf = (world: World, landing: Landing): PushFacts => {
  const { place, sha, pushedMillis, atMillis, pull, by } = landing
  return {
    ...{ repository: place.facts, branch: 'main', before: shaOf(sha, 'before'), after: sha, pushedMillis, by },
    message: messageOf(world, landing),
    // GitHub makes the commit of a merge; others were made before they were pushed.
    committedMillis: pull === undefined ? atMillis - (idOf(sha) % 90) * MINUTE : atMillis,
  }
}

/** In the words of GitHub's own merges: the title with the number, or a first line with it. */
const messageOf = (world: World, { pull, fixes, place }: Landing): string => {
  if (pull === undefined) {
    return fixes === undefined
      ? 'Bump the build image'
      : `Put it right\n\nFixes ${fixedName(world, fixes, place.fullName)}`
  }
  const { title, branch, body } = textsOf(world, pull, pull.saysLater !== undefined)
  const number = world.numberOf(pull.id)
  const head = pull.isFork ? pull.place.fork.owner : pull.place.facts.owner
  if (mergeOf(pull)?.style === 'merge commit') return `Merge pull request #${number} from ${head}/${branch}\n\n${title}`
  // The body is what some repositories are set to put below a squash's title.
  return number % 3 === 0 ? `${title} (#${number})\n\n${body}` : `${title} (#${number})`
}

const fixedName = (world: World, id: string, home: string): string => {
  const { place } = world.issueById(id)
  return place.fullName === home ? `#${world.numberOf(id)}` : `${place.fullName}#${world.numberOf(id)}`
}
