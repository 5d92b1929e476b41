/** The outcome of a work on each, in their order, a few at a time; ends with the first that fails. */
export const inParallel = async <T, R>(
  all: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<R>,
): Promise<readonly R[]> => {
  const results: R[] = []
  const waiting = all.entries()
  const lane = async () => {
    // The lanes share the iterator: each takes the next that none has taken.
    for (const [at, one] of waiting) results[at] = await work(one)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, lane))
  return results
}
