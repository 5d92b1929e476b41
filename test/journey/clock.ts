/** When every story begins. */
export const T0 = Date.UTC(2026, 8, 1, 9)
export const millis = (minute: number): number => T0 + minute * 60_000
export const iso = (minute: number): string => new Date(millis(minute)).toISOString().replace('.000', '')
