import { QueryError } from '../../query.ts'

export type Interval = 'day' | 'week' | 'month'

/** The end itself does not belong to it. */
export interface Range {
  readonly fromMillis: number
  readonly toMillis: number
}

export const DAY_MILLIS = 24 * 60 * 60 * 1000
const MAX_INTERVALS = 1000

/** The longest range that is still told by days, and by weeks. */
const DAYS_BY_DAY = 45
const DAYS_BY_WEEK = 400

export const suitingInterval = (fromMillis: number, toMillis: number): Interval => {
  const days = (toMillis - fromMillis) / DAY_MILLIS
  return days <= DAYS_BY_DAY ? 'day' : days <= DAYS_BY_WEEK ? 'week' : 'month'
}

/** The start of the interval that a moment lies in, UTC; weeks begin on Monday, as ISO 8601 has it. */
export const intervalStart = (atMillis: number, interval: Interval): number => {
  const at = new Date(atMillis)
  if (interval === 'month') return Date.UTC(at.getUTCFullYear(), at.getUTCMonth())
  const day = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate())
  return interval === 'day' ? day : day - ((at.getUTCDay() + 6) % 7) * DAY_MILLIS
}

export const nextInterval = (startMillis: number, interval: Interval): number => {
  const start = new Date(startMillis)
  if (interval === 'month') return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1)
  return startMillis + (interval === 'day' ? 1 : 7) * DAY_MILLIS
}

/** The starts of all intervals of a range, whose end does not belong to it. @throws QueryError when they are too many */
export const intervalsOf = (fromMillis: number, toMillis: number, interval: Interval): readonly number[] => {
  const starts: number[] = []
  for (let start = intervalStart(fromMillis, interval); start < toMillis; start = nextInterval(start, interval)) {
    starts.push(start)
    if (starts.length > MAX_INTERVALS) {
      throw new QueryError('interval', `a length of which at most ${MAX_INTERVALS} lie between from and to`)
    }
  }
  return starts
}
