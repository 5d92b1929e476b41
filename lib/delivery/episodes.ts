import { type Facts, openingsOf, type RecordedEnding } from './context.ts'
import { surer } from './join.ts'

/** One opening of an activity that has ended; times in epoch milliseconds. */
export interface Episode {
  readonly ordinal: number
  readonly startMillis: number
  readonly endMillis: number
  readonly ending: RecordedEnding
  /** How long the activity lay closed before this episode, where the end before it is known. */
  readonly closedMillis?: number
}

/**
 * The finished episodes that the facts tell. Each reopening begins one; an end belongs to the episode in whose time it
 * falls, and of several the surest, then the earliest, counts; but of estimates the latest, since a stage of a run may
 * report with the run's address before the run has ended. An episode whose end was not reported is not among them,
 * even where a later reopening shows that it must have ended.
 */
export const finishedEpisodes = (facts: Facts): readonly Episode[] => {
  const openings = openingsOf(facts)
  const endings = assignEndings(openings, credibleEndings(facts))
  return openings.flatMap((startMillis, index) => {
    const ending = endings[index]
    if (ending === undefined) return []
    const endMillis = Math.max(startMillis, endOf(facts, ending))
    const before = endings[index - 1]
    const closed = before === undefined ? {} : { closedMillis: startMillis - before.atMillis }
    return [{ ordinal: index + 1, startMillis, endMillis, ending, ...closed }]
  })
}

/** The last sign of life by the source's clock, epoch milliseconds; guesses are none. */
export const lastHeardMillis = ({ opened, attributes, references, happenings, endings }: Facts): number =>
  Math.max(
    opened.atMillis,
    ...Object.values(attributes).map((history) => history?.latest.observedMillis ?? 0),
    ...Object.values(references).map((stamped) => stamped?.observedMillis ?? 0),
    ...happenings.map(({ atMillis }) => atMillis),
    ...endings.filter(({ certainty }) => certainty !== 'guessed').map(({ reported }) => reported.observedMillis),
  )

/** Whether its latest episode has not ended, as far as anybody knows. */
export const isAlive = (facts: Facts): boolean => finishedEpisodes(facts).at(-1)?.ordinal !== openingsOf(facts).length

/** That somebody has given an activity up counts only until it is heard of again. */
const credibleEndings = (facts: Facts): readonly RecordedEnding[] => {
  if (facts.endings.every(({ certainty }) => certainty !== 'guessed')) return facts.endings
  const heardMillis = lastHeardMillis(facts)
  return facts.endings.filter(({ certainty, atMillis }) => certainty !== 'guessed' || atMillis >= heardMillis)
}

/**
 * GitHub's clock ticks in seconds, so an end may bear the very time of the next reopening: it ends the episode before
 * it, unless that one has ended already.
 */
const assignEndings = (
  openings: readonly number[],
  endings: readonly RecordedEnding[],
): readonly (RecordedEnding | undefined)[] => {
  const assigned: (RecordedEnding | undefined)[] = openings.map(() => undefined)
  for (const ending of endings) {
    const after = Math.max(0, openings.filter((opening) => opening <= ending.atMillis).length - 1)
    const touches = after > 0 && openings[after] === ending.atMillis && assigned[after - 1] === undefined
    const index = touches ? after - 1 : after
    const other = assigned[index]
    assigned[index] = other === undefined ? ending : surerEnd(other, ending)
  }
  return assigned
}

/** Both belong to the same episode. */
const surerEnd = (a: RecordedEnding, b: RecordedEnding): RecordedEnding => {
  if (a.certainty !== 'estimated' || b.certainty !== 'estimated') return surer(a, b)
  return a.atMillis > b.atMillis ? a : b
}

/** Where only an estimate of the end is known, a reported start and the duration tell it exactly. */
const endOf = ({ opened }: Facts, { atMillis, certainty, durationMillis }: RecordedEnding): number =>
  certainty === 'estimated' && durationMillis !== undefined && opened.certainty === 'reported'
    ? opened.atMillis + durationMillis
    : atMillis
