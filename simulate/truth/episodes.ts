import type { IssueTelling, PullTelling, Result } from '../deliveries/telling.ts'

export interface EpisodeTruth {
  readonly ordinal: number
  readonly startMillis: number
  readonly endMillis: number
  readonly result: Result
}

type WorkTellings = readonly (IssueTelling | PullTelling)[]

/** When its episodes have begun, as far as it is told. */
export const openingsOf = (tellings: WorkTellings): readonly number[] => {
  const createdMillis = Math.min(...tellings.map((telling) => telling.createdMillis))
  const reopenings = new Set(tellings.flatMap(({ reopenedMillis }) => reopenedMillis ?? []))
  return [createdMillis, ...[...reopenings].sort((a, b) => a - b)]
}

/**
 * The finished episodes: to each opening belongs the earliest of the ends between it and the next. An end in the very
 * second of a reopening is that of the episode before it, unless that has ended already.
 */
export const episodesOf = (tellings: WorkTellings): readonly EpisodeTruth[] => {
  const openings = openingsOf(tellings)
  const ends = new Map(tellings.flatMap(({ ended }) => (ended === undefined ? [] : [[ended.atMillis, ended.result]])))
  const times = [...ends.keys()].sort((a, b) => a - b)
  const taken = new Set<number>()
  return openings.flatMap((startMillis, at): EpisodeTruth[] => {
    const untilMillis = openings[at + 1] ?? Number.POSITIVE_INFINITY
    const endMillis = times.find((time) => time >= startMillis && time <= untilMillis && !taken.has(time))
    if (endMillis === undefined) return []
    taken.add(endMillis)
    const result = ends.get(endMillis)
    if (result === undefined) throw new RangeError('an end has a result')
    return [{ ordinal: at + 1, startMillis, endMillis, result }]
  })
}

/** Which episode was open at a moment: the last that had begun, or the first where none had. */
export const ordinalAt = (openings: readonly number[], atMillis: number): number =>
  Math.max(1, openings.filter((opening) => opening <= atMillis).length)
