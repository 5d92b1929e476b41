import type { JSX } from 'preact'
import { formatDuration } from '../../duration.ts'
import { type Band, type Buckets, millisAt } from './scale.ts'

interface BrushHandlesProps {
  readonly buckets: Buckets
  readonly band: Band
  /** It is not by duration that some are selected: the handles wait at both ends. */
  readonly isIdle: boolean
  readonly onMove: (band: Band) => void
  readonly onSettle: (band: Band) => void
}

/** The band that is taken, and a slider for each of its ends. They may meet but for one bucket, never cross. */
export const BrushHandles = ({ buckets, band, isIdle, onMove, onSettle }: BrushHandlesProps): JSX.Element => {
  const count = buckets.length
  const percent = (edge: number) => `${(100 * edge) / count}%`
  const from = (value: number): Band => ({ ...band, from: Math.min(value, band.to - 1) })
  const to = (value: number): Band => ({ ...band, to: Math.max(value, band.from + 1) })
  return (
    <>
      <div
        class={`band ${isIdle ? 'is-idle' : ''}`}
        style={{ left: percent(band.from), right: percent(count - band.to) }}
      />
      <Handle
        name="Shortest selected duration"
        buckets={buckets}
        edge={band.from}
        band={from}
        {...{ onMove, onSettle }}
      />
      <Handle name="Longest selected duration" buckets={buckets} edge={band.to} band={to} {...{ onMove, onSettle }} />
    </>
  )
}

interface HandleProps {
  readonly name: string
  readonly buckets: Buckets
  readonly edge: number
  readonly band: (value: number) => Band
  readonly onMove: (band: Band) => void
  readonly onSettle: (band: Band) => void
}

const Handle = ({ name, buckets, edge, band, onMove, onSettle }: HandleProps): JSX.Element => (
  <input
    type="range"
    class="handle"
    aria-label={name}
    aria-valuetext={formatDuration(millisAt(buckets, edge))}
    min={0}
    max={buckets.length}
    step={1}
    value={edge}
    onInput={({ currentTarget }) => onMove(band(currentTarget.valueAsNumber))}
    onChange={({ currentTarget }) => onSettle(band(currentTarget.valueAsNumber))}
  />
)
