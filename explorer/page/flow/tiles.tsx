import type { JSX } from 'preact'
import type { Flow } from '../../api/flow.ts'
import { useApi } from '../state/use-api.ts'
import { type FlowState, flowPath } from './flow-state.ts'
import { MEASURES } from './measures.ts'
import { Tile } from './tile.tsx'

interface TilesProps {
  readonly state: FlowState
  readonly flow: Flow
}

/** The five measures over the whole time, each with its course and with its halves compared. */
export const Tiles = ({ state, flow }: TilesProps): JSX.Element => {
  const middleMillis = Math.round((flow.fromMillis + flow.toMillis) / 2)
  const { by: _, ...unsplit } = state
  // Medians of halves do not follow from the series: each half is asked for by itself.
  const half = (fromMillis: number, toMillis: number) =>
    flowPath({ ...unsplit, fromMillis, toMillis, interval: 'month' })
  const first = useApi<Flow>(half(flow.fromMillis, middleMillis))
  const second = useApi<Flow>(half(middleMillis, flow.toMillis))
  const [all] = flow.groups
  return (
    <ul class="tiles">
      {MEASURES.map((measure) => (
        <Tile
          key={measure.key}
          measure={measure}
          group={all}
          first={first.data?.groups[0]?.measures}
          second={second.data?.groups[0]?.measures}
        />
      ))}
    </ul>
  )
}
