/**
 * The smallest false discovery rate at which each of these tests passes, in their order: of what passes at q < 0.05, one
 * in twenty is expected to be chance.
 *
 * Source: Y. Benjamini, Y. Hochberg, Controlling the False Discovery Rate, 1995
 */
export const benjaminiHochberg = (pValues: readonly number[]): readonly number[] => {
  const descending = pValues.map((_, at) => at).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0))
  const qValues = new Array<number>(pValues.length).fill(1)
  let least = 1
  for (const [from, at] of descending.entries()) {
    least = Math.min(least, ((pValues[at] ?? 1) * pValues.length) / (pValues.length - from))
    qValues[at] = least
  }
  return qValues
}
