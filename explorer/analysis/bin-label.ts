/** The least and the greatest number of a bin, as a person reads it: `10 – 20`, or `3` where all are the same. */
export const binLabel = (low: number, high: number): string =>
  low === high ? shortOf(low) : `${shortOf(low)} – ${shortOf(high)}`

/** At most six digits that count; whole numbers whole. */
const shortOf = (number: number): string =>
  Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(6)))
