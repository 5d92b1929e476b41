export interface Range {
  readonly fromMillis?: number
  readonly toMillis?: number
}

export const DAY_MILLIS = 86_400_000
export const PRESET_DAYS = [7, 30, 90] as const

/** The end of its UTC day, which is the next one's beginning. */
export const endOfDay = (millis: number): number => (Math.floor(millis / DAY_MILLIS) + 1) * DAY_MILLIS

/** Which of the ready-made ranges this is, counted back from the newest day that has anything. */
export const presetOf = ({ fromMillis, toMillis }: Range, newestMillis: number): string => {
  if (fromMillis === undefined && toMillis === undefined) return 'all'
  const days = PRESET_DAYS.find((count) => toMillis === undefined && fromMillis === newestMillis - count * DAY_MILLIS)
  return days === undefined ? 'custom' : String(days)
}
