import { DAY, SECOND, wholeSecond } from '../../demo/history/time.ts'

/** A literal, so that the same seed makes the same world on every day. */
export const WORLD_START = Date.UTC(2026, 2, 2, 8)
export const WORLD_DAYS = 60
export const WORLD_MILLIS = WORLD_DAYS * DAY

/** The next whole second after a span of time, and later than the time before in any case. */
export const later = (fromMillis: number, byMillis: number): number =>
  Math.max(fromMillis + SECOND, wholeSecond(fromMillis + byMillis))

/** Gives each place its moments, none within a few seconds of another: two things that landed at once have no order. */
export type Moments = (place: string, wantedMillis: number) => number

const APART = 5 * SECOND

/** @returns the first free moment at or after the one that is wanted */
export const momentsApart = (): Moments => {
  const taken = new Set<string>()
  const slot = (place: string, millis: number) => `${place} ${Math.floor(millis / APART)}`
  return (place, wantedMillis) => {
    let atMillis = wantedMillis
    while ([-APART, 0, APART].some((by) => taken.has(slot(place, atMillis + by)))) atMillis += APART
    taken.add(slot(place, atMillis))
    return atMillis
  }
}
