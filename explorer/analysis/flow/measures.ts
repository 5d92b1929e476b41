import type { FlowMeasures } from '../../api.ts'
import type { Sample } from './deploys.ts'
import { type Outcome, outcomesOf, restorationsOf } from './failures.ts'
import { DAY_MILLIS } from './interval.ts'
import type { Deliveries } from './read-deliveries.ts'

/** What DORA's measures are made of, each thing at the moment at which it counts. */
export interface Facts {
  /** Successful deploys to production, at their end. */
  readonly deployments: readonly Sample[]
  readonly outcomes: readonly Outcome[]
  readonly leadTimes: readonly Sample[]
  readonly restorations: readonly Sample[]
}

export const factsOf = ({ deploys, leadTimes, incidents }: Deliveries): Facts => ({
  deployments: deploys
    .filter(({ isError }) => !isError)
    .map(({ startMillis, endMillis, groups, isCounted }) => ({
      atMillis: endMillis,
      millis: endMillis - startMillis,
      groups,
      isCounted,
    })),
  outcomes: outcomesOf(deploys, incidents),
  leadTimes,
  restorations: restorationsOf(deploys, incidents),
})

interface Dated {
  readonly atMillis: number
  readonly groups: readonly string[]
  readonly isCounted: boolean
}

/** Of the facts, those that a condition lets through. */
export const factsWhere = (facts: Facts, isMeant: (fact: Dated) => boolean): Facts => ({
  deployments: facts.deployments.filter(isMeant),
  outcomes: facts.outcomes.filter(isMeant),
  leadTimes: facts.leadTimes.filter(isMeant),
  restorations: facts.restorations.filter(isMeant),
})

/** The facts of each interval, by its place among the starts of all. */
export const factsByInterval = (facts: Facts, starts: readonly number[]): ReadonlyMap<number, Facts> => {
  const intervals = new Map<number, { -readonly [K in keyof Facts]: Facts[K][number][] }>()
  for (const kind of ['deployments', 'outcomes', 'leadTimes', 'restorations'] as const) {
    for (const fact of facts[kind]) {
      const at = lastNotAfter(starts, fact.atMillis)
      const interval = intervals.get(at) ?? { deployments: [], outcomes: [], leadTimes: [], restorations: [] }
      intervals.set(at, interval)
      const ofKind: (typeof fact)[] = interval[kind]
      ofKind.push(fact)
    }
  }
  return intervals
}

export const NO_FACTS: Facts = { deployments: [], outcomes: [], leadTimes: [], restorations: [] }

/** @param starts ascending */
const lastNotAfter = (starts: readonly number[], atMillis: number): number => {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= atMillis) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Of a range that is shorter than a day, a day's; what cannot be told is absent. */
export const measuresOf = (
  { deployments, outcomes, leadTimes, restorations }: Facts,
  rangeMillis: number,
): Omit<FlowMeasures, 'operations' | 'reworkRate'> => {
  const [leadTimeMillis, timeToRestoreMillis] = [median(leadTimes), median(restorations)]
  const failed = outcomes.filter(({ isFailed }) => isFailed).length
  return {
    deploymentsPerDay: deployments.length / Math.max(1, rangeMillis / DAY_MILLIS),
    deployments: deployments.length,
    ...(leadTimeMillis === undefined ? {} : { leadTimeMillis }),
    ...(outcomes.length === 0 ? {} : { changeFailureRate: failed / outcomes.length }),
    ...(timeToRestoreMillis === undefined ? {} : { timeToRestoreMillis }),
  }
}

const median = (samples: readonly Sample[]): number | undefined => {
  const sorted = samples.map(({ millis }) => millis).sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [lower, upper] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2
}
