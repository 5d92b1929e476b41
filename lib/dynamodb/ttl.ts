/** Contexts outlive their spans, so that late children still find their parents. */
export const TTL_SECONDS = 400 * 24 * 3600
