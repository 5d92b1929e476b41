/** The plugin sends milliseconds, its README and what was made from it seconds: below this a value is in seconds. */
const SMALLEST_MILLIS = 1e11

/** Epoch milliseconds, whichever unit came; 0, negative and absent are no time. */
export const epochMillis = (time: number | null | undefined): number | undefined => {
  if (time === null || time === undefined || !(time > 0)) return undefined
  return Math.round(time < SMALLEST_MILLIS ? time * 1000 : time)
}

/** A duration in milliseconds; 0 stands for unknown while a run is under way, so it counts only when `ended`. */
export const durationMillis = (duration: number | null | undefined): number =>
  duration === null || duration === undefined || !(duration > 0) ? 0 : Math.round(duration)
