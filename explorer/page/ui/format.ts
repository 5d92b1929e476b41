const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

export const formatNumber = (value: number): string => numbers.format(value)

/** `1 trace`, `1,204 traces`. */
export const formatCount = (count: number, noun: string): string =>
  `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`

/** A share of 0 to 1: `92 %`, and `<1 %` where there is something that rounds to nothing. */
export const formatShare = (share: number): string => {
  const percent = 100 * share
  if (percent > 0 && percent < 1) return '<1 %'
  if (percent < 100 && percent > 99) return '>99 %'
  return `${Math.round(percent)} %`
}

/** `having` of `of`; nothing of nothing is nothing. */
export const shareOf = ({ having, of }: { readonly having: number; readonly of: number }): number =>
  of === 0 ? 0 : having / of

/** Two digits after the point, with a true minus: `+0.85`, `−0.40`. */
export const formatScore = (score: number): string =>
  `${score < 0 ? '−' : score > 0 ? '+' : ''}${Math.abs(score).toFixed(2)}`

/** A rate a day, as people say it: `2.3 a day`, `4 a week`. */
export const formatPerDay = (perDay: number): string =>
  perDay === 0 || perDay >= 1 ? `${fine.format(perDay)} / day` : `${fine.format(perDay * 7)} / week`

/** A probability: `0.013`, `4e-9`. */
export const formatProbability = (p: number): string =>
  p === 0 ? '<1e-300' : p < 0.001 ? p.toExponential(0).replace('e-', 'e−') : p.toPrecision(2)
