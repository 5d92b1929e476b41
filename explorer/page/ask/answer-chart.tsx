import type { EChartsOption } from 'echarts'
import type { JSX } from 'preact'
import type { Answer } from '../../api/ask.ts'
import { Chart } from '../chart/chart.tsx'
import { indexOf } from '../chart/index-of.ts'
import type { Palette } from '../chart/palette.ts'
import { tooltipFrame, tooltipOf } from '../chart/tooltip.ts'
import { valueAxis } from '../chart/value-axis.ts'
import { numbersOf } from './drawable.ts'
import { namesOf } from './names-of.ts'

interface AnswerChartProps {
  readonly answer: Answer
  readonly shownAs: 'bar' | 'line'
}

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 2, notation: 'compact' })
const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 4 })

export const AnswerChart = ({ answer, shownAs }: AnswerChartProps): JSX.Element => (
  <Chart
    label={`${numbersOf(answer)
      .map(({ name }) => name)
      .join(', ')} by ${answer.columns[0]?.name}. The table has the figures.`}
    height={360}
    of={[answer, shownAs]}
    option={(palette) => optionOf(answer, shownAs, palette)}
  />
)

const optionOf = (answer: Answer, shownAs: 'bar' | 'line', palette: Palette): EChartsOption => {
  const columns = numbersOf(answer)
  const names = namesOf(answer.rows.map(([first]) => first ?? null))
  const colourOf = (at: number) => palette.series[at % palette.series.length] ?? palette.accent
  return {
    grid: { left: 12, right: 12, top: 36, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 8, textStyle: { color: palette.quiet } },
    xAxis: {
      type: 'category',
      data: [...names],
      axisLabel: { color: palette.quiet, hideOverlap: true, width: 120, overflow: 'truncate' },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    yAxis: valueAxis(palette, (value) => numbers.format(value)),
    tooltip: {
      ...tooltipFrame(palette),
      trigger: 'axis',
      axisPointer: { type: shownAs === 'bar' ? 'shadow' : 'line' },
      formatter: (points) => {
        const row = answer.rows[indexOf(points)]
        const rows = columns.map(({ name, index }, at) => ({ name, colour: colourOf(at), value: textOf(row?.[index]) }))
        return tooltipOf(names[indexOf(points)] ?? '', rows)
      },
    },
    series: columns.map(({ name, index }, at) => ({
      name,
      type: shownAs,
      data: answer.rows.map((row) => numberOrNull(row[index])),
      itemStyle: { color: colourOf(at) },
      ...(shownAs === 'line'
        ? { showSymbol: answer.rows.length < 40, lineStyle: { color: colourOf(at), width: 2 } }
        : {}),
    })),
  }
}

const numberOrNull = (cell: unknown): number | null => (typeof cell === 'number' ? cell : null)
const textOf = (cell: unknown): string => (typeof cell === 'number' ? exact.format(cell) : '–')
