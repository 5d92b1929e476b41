import { spanIdOf } from '../../lib/delivery/identity.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import type { IssueTelling, PullTelling } from '../deliveries/telling.ts'
import { episodesOf } from './episodes.ts'
import { factsOf } from './facts.ts'

/**
 * The spans that some of the deliveries have told, and that the others have taken back: where a close was lost, the next
 * one seems to end the first opening until the reopening comes. Then the first opening has no end that is known; but its
 * span has gone out, and no backend gives a span back. With nothing lost there is none.
 */
export const strandedOf = (survivors: Iterable<Delivery>): ReadonlySet<string> => {
  const { issues, pulls } = factsOf(survivors)
  return new Set(
    [...issues, ...pulls].flatMap(([key, tellings]) => strandedEpisodes(tellings).map((at) => spanIdOf(key, at))),
  )
}

type WorkTellings = readonly (IssueTelling | PullTelling)[]

const strandedEpisodes = (tellings: WorkTellings): readonly number[] => {
  const ordinals = (of: WorkTellings): readonly number[] =>
    of.length === 0 ? [] : episodesOf(of).map(({ ordinal }) => ordinal)
  const standing = new Set(ordinals(tellings))
  const reopenings = tellings.filter(({ reopenedMillis }) => reopenedMillis !== undefined)
  const told = subsetsOf(reopenings).flatMap((late) => ordinals(tellings.filter((telling) => !late.includes(telling))))
  return [...new Set(told)].filter((ordinal) => !standing.has(ordinal))
}

/** Nothing is reopened often. */
const subsetsOf = (tellings: WorkTellings): readonly WorkTellings[] =>
  Array.from({ length: 2 ** tellings.length }, (_, chosen) =>
    tellings.filter((_telling, at) => (chosen >> at) % 2 === 1),
  )
