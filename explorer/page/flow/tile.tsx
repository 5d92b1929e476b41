import type { JSX } from 'preact'
import type { FlowGroup, FlowMeasures } from '../../api/flow.ts'
import { Comparison } from './comparison.tsx'
import type { Measure } from './measures.ts'
import { Sparkline } from './sparkline.tsx'

interface TileProps {
  readonly measure: Measure
  readonly group: FlowGroup | undefined
  /** Of the first and of the second half of the time. */
  readonly first: FlowMeasures | undefined
  readonly second: FlowMeasures | undefined
}

export const Tile = ({ measure, group, first, second }: TileProps): JSX.Element => {
  const value = group === undefined ? undefined : measure.valueOf(group.measures)
  return (
    <li class="card tile">
      <h2>{measure.title}</h2>
      <p class="tile-value">{value === undefined ? '–' : measure.format(value)}</p>
      <p class="note">{value === undefined ? 'Cannot be told yet' : measure.meaning}</p>
      <Sparkline values={(group?.series ?? []).map(measure.valueOf)} />
      <Comparison
        measure={measure}
        first={first === undefined ? undefined : measure.valueOf(first)}
        second={second === undefined ? undefined : measure.valueOf(second)}
      />
    </li>
  )
}
