import type { JSX } from 'preact'
import type { Measure } from './measures.ts'

interface ComparisonProps {
  readonly measure: Measure
  readonly first: number | undefined
  readonly second: number | undefined
}

/** Below this share of change nothing is called better or worse. */
const STEADY = 0.05

/** The second half of the time against the first: which way, how much, and whether that is good. */
export const Comparison = ({ measure, first, second }: ComparisonProps): JSX.Element => {
  if (first === undefined || second === undefined) return <p class="comparison"> </p>
  const was = `${measure.format(first)} in the first half`
  const change = first === 0 ? (second === 0 ? 0 : 1) : second / first - 1
  if (Math.abs(change) < STEADY) return <p class="comparison">steady, {was}</p>
  const isBetter = change > 0 === measure.isMoreBetter
  return (
    <p class="comparison">
      <span class={isBetter ? 'is-better' : 'is-worse'}>
        {change > 0 ? '▲' : '▼'} {measure.format(second)}, {isBetter ? 'better' : 'worse'}
      </span>
      <span class="was"> than {was}</span>
    </p>
  )
}
