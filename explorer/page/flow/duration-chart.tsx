import type { EChartsOption } from 'echarts'
import type { JSX } from 'preact'
import type { Flow } from '../../api/flow.ts'
import { formatDuration } from '../../duration.ts'
import { Chart } from '../chart/chart.tsx'
import { durationScaleOf } from '../chart/duration-scale.ts'
import { indexOf } from '../chart/index-of.ts'
import type { Palette } from '../chart/palette.ts'
import { type TooltipRow, tooltipFrame, tooltipOf } from '../chart/tooltip.ts'
import { valueAxis } from '../chart/value-axis.ts'
import { formatDay } from '../ui/moment.tsx'
import { operationPlural } from '../ui/operation.ts'
import { axesOf, intervalsOf, linesOf, pointsOf } from './course.ts'

interface CourseProps {
  readonly flow: Flow
  readonly operation: string
}

interface Line {
  readonly name: string
  readonly colour: string
  readonly isDashed: boolean
  readonly points: readonly (number | null)[]
}

/** Median and p90 over time; where it is split, the median of each group. */
export const DurationChart = ({ flow, operation }: CourseProps): JSX.Element => (
  <Chart
    label={`Durations of ${operationPlural(operation)} over time.`}
    height={180}
    of={[flow, operation]}
    option={(palette) => optionOf(flow, linesFor(flow, operation, palette), palette)}
  />
)

/** How a line looks in the legend: ECharts draws the dashes of a line only together with its symbol. */
const DASH = 'path://M0 0h22v3h-22z'
const DASHES = 'path://M0 0h6v3h-6zM8 0h6v3h-6zM16 0h6v3h-6z'

const linesFor = (flow: Flow, operation: string, palette: Palette): readonly Line[] => {
  const groups = linesOf(flow)
  const [all] = groups
  if (groups.length > 1 || all === undefined) {
    return groups.map((group, index) => ({
      name: group.name ?? 'all',
      colour: palette.series[index % palette.series.length] ?? palette.accent,
      isDashed: false,
      points: pointsOf(group, operation, ({ p50Millis }) => p50Millis),
    }))
  }
  const colour = palette.operation(operation)
  return [
    { name: 'p90', colour, isDashed: true, points: pointsOf(all, operation, ({ p90Millis }) => p90Millis) },
    { name: 'median', colour, isDashed: false, points: pointsOf(all, operation, ({ p50Millis }) => p50Millis) },
  ]
}

const optionOf = (flow: Flow, lines: readonly Line[], palette: Palette): EChartsOption => ({
  ...axesOf(flow, palette, { isLabelled: false }),
  grid: { left: 64, right: 12, top: 32, bottom: 8 },
  legend: {
    top: 0,
    left: 0,
    itemWidth: 22,
    itemHeight: 3,
    data: lines.map(({ name, isDashed }) => ({ name, icon: isDashed ? DASHES : DASH })),
    textStyle: { color: palette.quiet },
  },
  yAxis: {
    ...valueAxis(palette, (millis) => (millis === 0 ? '0' : formatDuration(millis))),
    ...durationScaleOf(lines.flatMap(({ points }) => points)),
  },
  tooltip: {
    ...tooltipFrame(palette),
    trigger: 'axis',
    formatter: (points) => tooltipAt(flow, lines, indexOf(points)),
  },
  series: lines.map(({ name, colour, isDashed, points }) => ({
    name,
    type: 'line',
    data: [...points],
    showSymbol: points.length < 3,
    symbolSize: 6,
    lineStyle: { color: colour, width: isDashed ? 1.5 : 2.5, type: isDashed ? 'dashed' : 'solid' },
    itemStyle: { color: colour },
  })),
})

const tooltipAt = (flow: Flow, lines: readonly Line[], index: number): HTMLElement => {
  const rows = lines.map(({ name, colour, points }): TooltipRow => {
    const value = points[index]
    return { name, colour, value: value === null || value === undefined ? '–' : formatDuration(value) }
  })
  return tooltipOf(`${flow.interval} of ${formatDay(intervalsOf(flow)[index] ?? 0)}`, rows)
}
