export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A literal, not today: the same seed gives the same ids on every machine and every day. */
export const HISTORY_END = Date.UTC(2026, 8, 30, 18)
export const HISTORY_DAYS = 90
export const HISTORY_START = HISTORY_END - HISTORY_DAYS * DAY

/** GitHub's times have whole seconds. */
export const wholeSecond = (millis: number): number => Math.floor(millis / SECOND) * SECOND

/** `2026-09-30T18:00:00Z` */
export const githubTime = (millis: number): string => new Date(millis).toISOString().replace('.000Z', 'Z')
