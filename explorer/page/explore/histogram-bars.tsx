import type { EChartsOption } from 'echarts'
import type { JSX } from 'preact'
import { formatDuration } from '../../duration.ts'
import { Chart } from '../chart/chart.tsx'
import { indexOf } from '../chart/index-of.ts'
import type { Palette } from '../chart/palette.ts'
import { tooltipFrame, tooltipOf } from '../chart/tooltip.ts'
import { countAxis } from '../chart/value-axis.ts'
import { formatNumber } from '../ui/format.ts'
import type { Band, Buckets } from './scale.ts'

interface HistogramBarsProps {
  readonly buckets: Buckets
  /** What is taken of them; undefined: what failed. */
  readonly band: Band | undefined
}

const HEIGHT = 228
/** As in explore.css: the brush lies over the bars, and its margins are theirs. */
const GRID = { left: 36, right: 12, top: 14, bottom: 9 }

export const HistogramBars = ({ buckets, band }: HistogramBarsProps): JSX.Element => (
  <Chart
    label={labelOf(buckets)}
    height={HEIGHT}
    of={[buckets, band?.from, band?.to]}
    option={(palette) => optionOf(buckets, band, palette)}
  />
)

const labelOf = (buckets: Buckets): string => {
  const tallest = buckets.reduce((most, bucket) => (bucket.count > most.count ? bucket : most))
  return `Histogram of durations. Most, ${formatNumber(tallest.count)}, take ${rangeOf(tallest)}.`
}

const rangeOf = ({ fromMillis, toMillis }: Buckets[number]): string =>
  `${formatDuration(fromMillis)} to ${formatDuration(toMillis)}`

const optionOf = (buckets: Buckets, band: Band | undefined, palette: Palette): EChartsOption => ({
  animation: false,
  grid: GRID,
  xAxis: {
    type: 'category',
    data: buckets.map((_, index) => index),
    axisTick: { show: false },
    axisLabel: { show: false },
    axisLine: { lineStyle: { color: palette.line } },
  },
  yAxis: countAxis(palette, 3),
  tooltip: {
    ...tooltipFrame(palette),
    trigger: 'axis',
    axisPointer: { type: 'shadow' },
    formatter: (points) => tooltipAt(buckets, indexOf(points), palette),
  },
  series: [
    {
      name: 'failed',
      type: 'bar',
      stack: 'all',
      barCategoryGap: '12%',
      barMinHeight: 3,
      data: buckets.map(({ failed }) => failed || null),
      itemStyle: { color: palette.failure },
    },
    {
      name: 'not failed',
      type: 'bar',
      stack: 'all',
      data: buckets.map(({ count, failed }, index) => ({
        value: count - failed || null,
        itemStyle: { color: isIn(band, index) ? palette.accent : palette.neutral },
      })),
    },
  ],
})

const isIn = (band: Band | undefined, index: number): boolean =>
  band !== undefined && index >= band.from && index < band.to

const tooltipAt = (buckets: Buckets, index: number, palette: Palette): HTMLElement => {
  const bucket = buckets[index]
  if (bucket === undefined) return tooltipOf('', [])
  return tooltipOf(rangeOf(bucket), [
    { name: 'all', value: formatNumber(bucket.count), colour: palette.neutral },
    { name: 'selected', value: formatNumber(bucket.selected), colour: palette.accent },
    { name: 'failed', value: formatNumber(bucket.failed), colour: palette.failure },
  ])
}
