/** `2026-09-30 14:03 UTC`: the server does not know the reader's time zone, so it says its own. */
export const formatTime = (millis: number): string =>
  `${new Date(millis).toISOString().slice(0, 16).replace('T', ' ')} UTC`
