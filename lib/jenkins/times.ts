/** The plugin sends milliseconds, its README and what was made from it seconds: below this a value is in seconds. */
const SMALLEST_MILLIS = 1e11
/** The year 2286: neither a table nor a backend takes every number. */
const LARGEST_MILLIS = 1e13
/** Ten years. */
const LONGEST_MILLIS = 3.2e11

/** Epoch milliseconds, whichever unit came; 0, negative, absent and beyond all years are no time. */
export const epochMillis = (time: number | null | undefined): number | undefined => {
  if (time === null || time === undefined || !(time > 0)) return undefined
  const millis = Math.round(time < SMALLEST_MILLIS ? time * 1000 : time)
  return millis < LARGEST_MILLIS ? millis : undefined
}

/**
 * A duration in milliseconds; 0 stands for unknown while a run is under way, so it counts only when `ended`. What no run
 * can have taken is unknown too.
 */
export const durationMillis = (duration: number | null | undefined): number =>
  duration === null || duration === undefined || !(duration > 0 && duration < LONGEST_MILLIS) ? 0 : Math.round(duration)
