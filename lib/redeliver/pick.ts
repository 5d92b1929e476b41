import type { Delivery } from './ports.ts'

/** A webhook that has failed. */
export interface Pick {
  readonly guid: string
  /** Of its newest attempt, which GitHub keeps the longest. */
  readonly deliveryId: string
  /** When it was delivered first. */
  readonly firstMillis: number
}

/** Which first attempts count: from a moment (inclusive) to another (exclusive), epoch milliseconds. */
export interface Stretch {
  readonly sinceMillis: number
  readonly untilMillis: number
}

/**
 * What we answer to a webhook that we will never take: malformed, wrongly signed, too large. Everything else that is no
 * success, of us or of what stands before us, may pass.
 */
const REFUSED_FOR_GOOD: ReadonlySet<number> = new Set([400, 401, 413])

const isSuccess = (status: number): boolean => status >= 200 && status < 300

/**
 * The webhooks to be delivered again, once each, the oldest first: those first delivered in the stretch of which no
 * attempt has succeeded and the last was not refused for good.
 *
 * Only a webhook whose first attempt is listed counts. Lists are the newest first, so all its attempts are listed then;
 * of one that began before the list does, a success may not be.
 */
export const pick = (deliveries: readonly Delivery[], { sinceMillis, untilMillis }: Stretch): readonly Pick[] =>
  [...byGuid(deliveries)]
    .flatMap(([guid, attempts]) => {
      const first = attempts.find(({ isRedelivery }) => !isRedelivery)
      const newest = attempts.reduce((a, b) => (isNewer(b, a) ? b : a))
      const isDue =
        first !== undefined &&
        first.deliveredMillis >= sinceMillis &&
        first.deliveredMillis < untilMillis &&
        !attempts.some(({ status }) => isSuccess(status)) &&
        !REFUSED_FOR_GOOD.has(newest.status)
      return isDue ? [{ guid, deliveryId: newest.id, firstMillis: first.deliveredMillis }] : []
    })
    .sort((a, b) => a.firstMillis - b.firstMillis)

const byGuid = (deliveries: readonly Delivery[]): ReadonlyMap<string, readonly Delivery[]> => {
  const groups = new Map<string, Delivery[]>()
  for (const delivery of deliveries) {
    const group = groups.get(delivery.guid)
    if (group === undefined) groups.set(delivery.guid, [delivery])
    else group.push(delivery)
  }
  return groups
}

/** GitHub's times have a resolution of seconds: of two attempts in one, the redelivery is the newer, then the greater number. */
const isNewer = (one: Delivery, other: Delivery): boolean =>
  one.deliveredMillis !== other.deliveredMillis
    ? one.deliveredMillis > other.deliveredMillis
    : one.isRedelivery !== other.isRedelivery
      ? one.isRedelivery
      : BigInt(one.id) > BigInt(other.id)
