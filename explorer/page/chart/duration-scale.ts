const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000]
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 4, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 5, 7, 14, 28, 91, 182, 365].map((count) => count * DAY),
]
const MAX_LINES = 4

/** An axis of durations whose lines stand at hours and days, not at tens of millions of milliseconds. */
export const durationScaleOf = (
  values: readonly (number | null)[],
): { readonly max: number; readonly interval: number } => {
  const most = Math.max(1, ...values.map((value) => value ?? 0))
  const interval = STEPS.find((step) => most / step <= MAX_LINES) ?? most / MAX_LINES
  return { interval, max: Math.ceil(most / interval) * interval }
}
