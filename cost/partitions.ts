import { createHash } from 'node:crypto'

/** What one partition of DynamoDB takes a second. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
export const PARTITION_UNITS = 1_000

export interface Load {
  readonly webhooksASecond: number
  readonly shards: number
  /** Write units that one webhook costs an index, on the average. */
  readonly unitsAWebhook: number
}

export interface Spread {
  /** The most units that one shard was asked for within one second. */
  readonly hottest: number
  /** Of all units, those that came when their shard had none left in that second. */
  readonly throttledShare: number
}

/**
 * Plays seconds of webhooks on an index whose partition key is a shard of the activity's key, with arrivals as they come
 * in a Poisson process: how full the fullest shard gets, and what DynamoDB would throttle. Of a run's webhooks a few in turn
 * are of the same key, as a start and its end.
 */
export const spread = (
  { webhooksASecond, shards, unitsAWebhook }: Load,
  seconds: number,
  random: () => number,
): Spread => {
  let hottest = 0
  let units = 0
  let throttled = 0
  let key = 0
  for (let second = 0; second < seconds; second += 1) {
    const asked = new Float64Array(shards)
    for (let left = poisson(webhooksASecond, random); left > 0; left -= 1) {
      if (random() < NEW_KEY) key += 1
      const shard = shardOf(`run:https://ci.acme.com/job/shop/${key}/`, shards)
      asked[shard] = (asked[shard] ?? 0) + unitsAWebhook
    }
    for (const of of asked) {
      hottest = Math.max(hottest, of)
      units += of
      throttled += Math.max(0, of - PARTITION_UNITS)
    }
  }
  return { hottest, throttledShare: units === 0 ? 0 : throttled / units }
}

/** How often the next webhook is of an activity that has had none. */
const NEW_KEY = 0.5

/** The store's own way to spread, for any number of shards up to 65,536. */
const shardOf = (key: string, shards: number): number =>
  createHash('sha256').update(key).digest().readUInt16BE(0) % shards

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
