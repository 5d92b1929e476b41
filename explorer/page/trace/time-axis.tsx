import type { JSX } from 'preact'
import { formatDuration } from '../../duration.ts'

interface TimeAxisProps {
  readonly startMillis: number
  readonly endMillis: number
}

/** Time since the trace began, in quarters. */
export const TimeAxis = ({ startMillis, endMillis }: TimeAxisProps): JSX.Element => (
  <div class="time-axis" aria-hidden="true">
    <div class="time-ticks">
      {[0, 0.25, 0.5, 0.75].map((share) => (
        <span key={share} style={{ left: `${100 * share}%` }}>
          {share === 0 ? '0' : formatDuration((endMillis - startMillis) * share)}
        </span>
      ))}
    </div>
  </div>
)
