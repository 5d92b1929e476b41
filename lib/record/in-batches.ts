/** Contexts that are written to at a time. */
const MAX_AT_ONCE = 32

/** What work gives for each, in order; so many at a time that the table is not overrun. */
export const inBatches = async <T, R>(all: readonly T[], work: (one: T) => Promise<R> | R): Promise<readonly R[]> => {
  const results: R[] = []
  for (let at = 0; at < all.length; at += MAX_AT_ONCE) {
    results.push(...(await Promise.all(all.slice(at, at + MAX_AT_ONCE).map(work))))
  }
  return results
}
