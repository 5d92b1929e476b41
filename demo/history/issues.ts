import { pullRequestOf } from './pull-requests.ts'
import { type Random, randomOf } from './random.ts'
import type { ClosingStory, IssueStory, PullRequestStory } from './story.ts'
import { DAY, HISTORY_DAYS, HISTORY_START, HOUR, MINUTE, wholeSecond } from './time.ts'
import { ISSUE_KINDS, PEOPLE, REPOSITORIES } from './world.ts'

const ISSUES = 300

/** The issues of the history in the order in which they were opened. The same seed gives the same ones. */
export const issuesOf = (seed: number): readonly IssueStory[] => {
  const opened = Array.from({ length: ISSUES }, (_, at) => ({ at, random: randomOf(seed * 1_000_003 + at) }))
    .map(({ at, random }) => ({ at, random, openedMillis: openingOf(random, at) }))
    .sort((a, b) => a.openedMillis - b.openedMillis)
  return opened.map(({ at, random, openedMillis }) => issueOf(random, `${seed}/${at}`, openedMillis))
}

/** Spread evenly over the days, and over the hours in which people work. */
const openingOf = (random: Random, at: number): number => {
  const day = Math.floor((at * HISTORY_DAYS) / ISSUES)
  const dawnMillis = HISTORY_START - (HISTORY_START % DAY)
  return wholeSecond(dawnMillis + day * DAY + random.between(7, 18) * HOUR)
}

const issueOf = (random: Random, id: string, openedMillis: number): IssueStory => {
  const repository = random.pick(REPOSITORIES)
  const team = random.weighted(repository.teams)
  const kind = random.weighted({ bug: 6, feature: 4 })
  const title = `${random.pick(repository.things)} ${random.pick(ISSUE_KINDS[kind])}`
  const deployType = random.weighted(repository.deployTypes)
  const people = { author: random.pick(PEOPLE[team]), assignee: random.pick(PEOPLE[team]) }
  const work = workOf(random, { id, openedMillis, deployType })
  return { repository, team, kind, title: capitalised(title), ...people, deployType, openedMillis, ...work }
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

type Start = Pick<IssueStory, 'openedMillis' | 'deployType'> & { readonly id: string }
type Work = Pick<IssueStory, 'pullRequests' | 'closings'>

const FATES = { delivered: 84, 'not planned': 6, answered: 4, forgotten: 6 }

const workOf = (random: Random, start: Start): Work => {
  const fate = random.weighted(FATES)
  if (fate === 'forgotten') return { pullRequests: [], closings: [] }
  if (fate === 'delivered') return deliveryOf(random, start)
  const reason = fate === 'answered' ? 'completed' : 'not_planned'
  const closedMillis = wholeSecond(start.openedMillis + random.around(30 * HOUR))
  return { pullRequests: [], closings: [{ closedMillis, reason }] }
}

const deliveryOf = (random: Random, start: Start): Work => {
  const first = roundOf(random, start, 1, start.openedMillis)
  if (!random.chance(0.06)) return { pullRequests: first.pullRequests, closings: [first.closing] }
  const reopenedMillis = wholeSecond(first.closing.closedMillis + random.around(40 * HOUR))
  const second = roundOf(random, start, 2, reopenedMillis)
  return {
    pullRequests: [...first.pullRequests, ...second.pullRequests],
    closings: [{ ...first.closing, reopenedMillis }, second.closing],
  }
}

/** From an opening to the close: the pull requests, of which the last one is merged and deployed. */
const roundOf = (
  random: Random,
  { id, deployType }: Start,
  round: number,
  openedMillis: number,
): { readonly pullRequests: readonly PullRequestStory[]; readonly closing: ClosingStory } => {
  const attempt = (name: string, afterMillis: number, medianMillis: number, merged: boolean) =>
    pullRequestOf(random, {
      id: `${id}/${round}/${name}`,
      openedMillis: wholeSecond(afterMillis + random.around(medianMillis)),
      deployType,
      merged,
    })
  const given = random.chance(0.08) ? [attempt('given up', openedMillis, 14 * HOUR, false)] : []
  const merged = attempt('merged', given.at(-1)?.closedMillis ?? openedMillis, 14 * HOUR, true)
  const deployedMillis = merged.deploys.at(-1)?.endMillis ?? merged.closedMillis
  const closedMillis = wholeSecond(deployedMillis + random.between(5, 60) * MINUTE)
  return { pullRequests: [...given, merged], closing: { closedMillis, reason: 'completed' } }
}
