import type { RunTelling, Sureness } from '../deliveries/telling.ts'

/** A time of a run. Where several estimates are told and none is the truer, each of them is right: the best first. */
export interface TimeTruth {
  readonly values: readonly number[]
  readonly sureness: Sureness
}

/** Reports of the plugins win over those of GitHub; what a plugin has only estimated does not. */
export const startOf = (tellings: readonly RunTelling[]): TimeTruth => {
  for (const sureness of ['reported', 'derived'] as const) {
    const found = tellings.filter(({ start }) => start.sureness === sureness).map(({ start }) => start.value)
    if (found.length > 0) return { values: [Math.min(...found)], sureness }
  }
  const estimates = tellings.map(({ start }) => start.value).sort((a, b) => a - b)
  const onlyStatuses = tellings.every(({ by }) => by === 'status')
  return { values: onlyStatuses ? estimates.slice(0, 1) : estimates, sureness: 'estimated' }
}

/** Undefined while nothing tells of an end. */
export const endOf = (tellings: readonly RunTelling[], start: TimeTruth): TimeTruth | undefined => {
  const ends = tellings.flatMap(({ end }) => end ?? [])
  const reported = ends.filter(({ sureness }) => sureness === 'reported').map(({ value }) => value)
  if (reported.length > 0) return { values: [Math.max(...reported)], sureness: 'reported' }
  if (ends.length === 0) return undefined
  const estimates = ends.map(({ value }) => value)
  const durations = tellings.flatMap(({ durationMillis }) => durationMillis ?? [])
  const reckoned = start.values.flatMap((value) => durations.map((duration) => value + duration))
  // A known start and a known duration leave no doubt.
  if (reckoned.length > 0 && start.sureness !== 'estimated') return { values: reckoned, sureness: 'derived' }
  return { values: [...estimates, ...reckoned], sureness: 'estimated' }
}

/** The result as whoever is surest of the end tells it. */
export const resultOf = (tellings: readonly RunTelling[]) => {
  const told = tellings.filter(({ result }) => result !== undefined)
  const [surest] = [
    ...told.filter(({ end }) => end?.sureness === 'reported'),
    ...told.filter(({ by }) => by !== 'status'),
    ...told,
  ]
  return surest?.result
}
