/** ln n! − (n + ½) ln n + n − ½ ln 2π for n up to 15, where the series below is not exact enough. */
const STIRLING_ERRORS: readonly number[] = [
  0, 0.08106146679532726, 0.04134069595540929, 0.027677925684998338, 0.020790672103765093, 0.016644691189821193,
  0.013876128823070748, 0.01189670994589177, 0.010411265261972096, 0.009255462182712733, 0.008330563433362871,
  0.007573675487951841, 0.00694284010720953, 0.006408994188004207, 0.005951370112758848, 0.005554733551962801,
]

/** The error of Stirling's formula for ln n!, for whole n. */
const stirlingError = (n: number): number => {
  const exact = STIRLING_ERRORS[n]
  if (exact !== undefined) return exact
  const square = n * n
  return (
    (1 / 12 -
      (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square) / square) / square) /
    n
  )
}

/** x ln(x/m) + m − x, without the cancellation where x is near m. */
const deviance = (x: number, m: number): number => {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const v = (x - m) / (x + m)
  let sum = (x - m) * v
  let term = 2 * x * v
  for (let odd = 3; odd < 2000; odd += 2) {
    term *= v * v
    const next = sum + term / odd
    if (next === sum) return next
    sum = next
  }
  return sum
}

/** ln of the binomial probability of x of n at p, where q = 1 − p. */
const logBinomial = (x: number, n: number, p: number, q: number): number => {
  if (x === 0) return n === 0 ? 0 : p < 0.1 ? -deviance(n, n * q) - n * p : n * Math.log(q)
  if (x === n) return q < 0.1 ? -deviance(n, n * p) - n * q : n * Math.log(p)
  const error = stirlingError(n) - stirlingError(x) - stirlingError(n - x) - deviance(x, n * p) - deviance(n - x, n * q)
  return error + 0.5 * Math.log(n / (2 * Math.PI * x * (n - x)))
}

/**
 * ln of the probability that of `drawn` of `marked + unmarked` things exactly `x` are marked. Exact to some 1e-13 for
 * populations of millions, where a difference of log-gammas loses its digits.
 *
 * Source: C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000
 */
export const logHypergeometric = (x: number, marked: number, unmarked: number, drawn: number): number => {
  const all = marked + unmarked
  if (drawn === 0 || all === drawn) return 0
  const [p, q] = [drawn / all, (all - drawn) / all]
  return logBinomial(x, marked, p, q) + logBinomial(drawn - x, unmarked, p, q) - logBinomial(drawn, all, p, q)
}
