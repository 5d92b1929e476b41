import type { EChartsOption } from 'echarts'
import type { JSX } from 'preact'
import type { Flow } from '../../api/flow.ts'
import { Chart } from '../chart/chart.tsx'
import { indexOf } from '../chart/index-of.ts'
import type { Palette } from '../chart/palette.ts'
import { tooltipFrame, tooltipOf } from '../chart/tooltip.ts'
import { countAxis } from '../chart/value-axis.ts'
import { formatNumber, formatShare } from '../ui/format.ts'
import { formatDay } from '../ui/moment.tsx'
import { operationPlural } from '../ui/operation.ts'
import { axesOf, intervalsOf, pointsOf } from './course.ts'

interface SuccessChartProps {
  readonly flow: Flow
  readonly operation: string
}

/** How many were finished in each interval, and how many of them failed. */
export const SuccessChart = ({ flow, operation }: SuccessChartProps): JSX.Element => (
  <Chart
    label={`Finished and failed ${operationPlural(operation)} over time.`}
    height={110}
    of={[flow, operation]}
    option={(palette) => optionOf(flow, operation, palette)}
  />
)

const optionOf = (flow: Flow, operation: string, palette: Palette): EChartsOption => {
  const [all] = flow.groups
  const count = all === undefined ? [] : pointsOf(all, operation, (measures) => measures.count)
  const failed = all === undefined ? [] : pointsOf(all, operation, (measures) => measures.failed)
  const rest = count.map((of, index) => (of ?? 0) - (failed[index] ?? 0))
  return {
    ...axesOf(flow, palette),
    grid: { left: 64, right: 12, top: 26, bottom: 24 },
    legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, textStyle: { color: palette.quiet } },
    yAxis: countAxis(palette, 2),
    tooltip: {
      ...tooltipFrame(palette),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (points) => {
        const index = indexOf(points)
        return tooltipOf(`${flow.interval} of ${formatDay(intervalsOf(flow)[index] ?? 0)}`, [
          { name: 'failed', colour: palette.failure, value: formatNumber(failed[index] ?? 0) },
          { name: 'not failed', colour: palette.neutral, value: formatNumber(rest[index] ?? 0) },
          { name: 'success rate', value: count[index] ? formatShare((rest[index] ?? 0) / count[index]) : '–' },
        ])
      },
    },
    series: [
      {
        name: 'failed',
        type: 'bar',
        stack: 'all',
        data: failed.map((value) => value || null),
        itemStyle: { color: palette.failure },
      },
      { name: 'not failed', type: 'bar', stack: 'all', data: rest, itemStyle: { color: palette.neutral } },
    ],
  }
}
