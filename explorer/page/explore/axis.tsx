import type { JSX } from 'preact'
import { type Buckets, ticksOf } from './scale.ts'

/** Round durations below the histogram. */
export const Axis = ({ buckets }: { readonly buckets: Buckets }): JSX.Element => (
  <div class="axis" aria-hidden="true">
    {ticksOf(buckets).map(({ position, text }) => (
      <span key={text} style={{ left: `${100 * position}%` }}>
        {text}
      </span>
    ))}
  </div>
)
