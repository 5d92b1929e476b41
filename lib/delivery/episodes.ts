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
 * falls, and of several the surest, then the earliest, counts. An episode whose end was not reported is not among them,
 * even where a later reopening shows that it must have ended.
 */
export const finishedEpisodes = (facts: Facts): readonly Episode[] => {
  const openings = openingsOf(facts)
  const endings = assignEndings(openings, facts.endings)
  return openings.flatMap((startMillis, index) => {
    const ending = endings[index]
    if (ending === undefined) return []
    const endMillis = Math.max(startMillis, endOf(facts, ending))
    const before = endings[index - 1]
    const closed = before === undefined ? {} : { closedMillis: startMillis - before.atMillis }
    return [{ ordinal: index + 1, startMillis, endMillis, ending, ...closed }]
  })
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
    assigned[index] = other === undefined ? ending : surer(other, ending)
  }
  return assigned
}

/** Where only an estimate of the end is known, a reported start and the duration tell it exactly. */
const endOf = ({ opened }: Facts, { atMillis, certainty, durationMillis }: RecordedEnding): number =>
  certainty === 'estimated' && durationMillis !== undefined && opened.certainty === 'reported'
    ? opened.atMillis + durationMillis
    : atMillis
