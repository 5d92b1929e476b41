import { createHash } from 'node:crypto'

/** What one partition of DynamoDB takes a second. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
export const PARTITION_UNITS = 1_000

export interface Load {
  readonly webhooksASecond: number
  /** Each number of shards that is tried, with the same webhooks. */
  readonly shards: readonly number[]
  /** Write units that one webhook costs an index, on the average. */
  readonly unitsAWebhook: number
}

export interface Spread {
  readonly shards: number
  /** The most units that one shard was asked for within one second. */
  readonly hottest: number
  /** Of all units, those that came when their shard had none left in that second. */
  readonly throttledShare: number
}

/**
 * Plays seconds of webhooks on an index whose partition key is a shard of the activity's key, with arrivals as they come
 * in a Poisson process: how full the fullest shard gets, and what DynamoDB would throttle. Every other webhook is of an
 * activity that had one before, as an end has a start.
 */
export const spread = (
  { webhooksASecond, shards: tried, unitsAWebhook }: Load,
  seconds: number,
  random: () => number,
): readonly Spread[] => {
  const tallies = tried.map((shards) => ({ shards, hottest: 0, units: 0, throttled: 0 }))
  let key = 0
  for (let second = 0; second < seconds; second += 1) {
    const hashes = Array.from({ length: poisson(webhooksASecond, random) }, () => {
      if (random() < NEW_KEY) key += 1
      return hashOf(`run:https://ci.acme.com/job/shop/${key}/`)
    })
    for (const tally of tallies) {
      const asked = new Float64Array(tally.shards)
      for (const hash of hashes) asked[hash % tally.shards] = (asked[hash % tally.shards] ?? 0) + unitsAWebhook
      for (const units of asked) {
        tally.hottest = Math.max(tally.hottest, units)
        tally.units += units
        tally.throttled += Math.max(0, units - PARTITION_UNITS)
      }
    }
  }
  return tallies.map(({ shards, hottest, units, throttled }) => ({
    shards,
    hottest,
    throttledShare: units === 0 ? 0 : throttled / units,
  }))
}

/** How often the next webhook is of an activity that has had none. */
const NEW_KEY = 0.5

/** The store's own way to spread, for any number of shards up to 65,536. */
const hashOf = (key: string): number => createHash('sha256').update(key).digest().readUInt16BE(0)

/** Of a Poisson distribution; by its normal approximation where that is as good. */
const poisson = (mean: number, random: () => number): number => {
  if (mean > 200) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  let count = -1
  for (let product = 1; product > Math.exp(-mean); product *= random()) count += 1
  return count
}
