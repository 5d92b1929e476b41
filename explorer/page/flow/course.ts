import type { EChartsOption } from 'echarts'
import type { Flow, FlowGroup, FlowMeasures } from '../../api/flow.ts'
import type { Palette } from '../chart/palette.ts'
import { formatDay } from '../ui/moment.tsx'

export type OperationMeasures = FlowMeasures['operations'][number]

/** More lines than this tell nothing. */
const MAX_LINES = 6

/** What is drawn: all as one, or, where it is split, a line a group. */
export const linesOf = ({ groups }: Flow): readonly FlowGroup[] =>
  groups.length < 2 ? groups : groups.slice(1, 1 + MAX_LINES)

export const pointsOf = (
  group: FlowGroup,
  operation: string,
  figureOf: (measures: OperationMeasures) => number | undefined,
): (number | null)[] =>
  group.series.map(({ operations }) => {
    const found = operations.find((measures) => measures.operation === operation)
    return (found === undefined ? undefined : figureOf(found)) ?? null
  })

export const intervalsOf = ({ groups }: Flow): readonly number[] =>
  (groups[0]?.series ?? []).map(({ fromMillis }) => fromMillis)

/** The axis of a figure over time; of two figures one above the other only the lower is labelled. */
export const axesOf = (
  flow: Flow,
  palette: Palette,
  { isLabelled = true }: { readonly isLabelled?: boolean } = {},
): Pick<EChartsOption, 'xAxis'> => ({
  xAxis: {
    type: 'category',
    data: intervalsOf(flow).map((millis) =>
      formatDay(millis).slice(flow.interval === 'month' ? 0 : 5, flow.interval === 'month' ? 7 : 10),
    ),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.line } },
    axisLabel: { show: isLabelled, color: palette.quiet, hideOverlap: true },
  },
})
