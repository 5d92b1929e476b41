import type { EChartsOption } from 'echarts'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useIsDark } from '../state/theme.ts'
import { init } from './echarts.ts'
import { type Palette, paletteOf } from './palette.ts'

interface ChartProps {
  /** What is to be seen, in words, for who does not see it. */
  readonly label: string
  readonly height: number
  /** Of the colours of the theme; made anew when they or what it is made of change. */
  readonly option: (palette: Palette) => EChartsOption
  readonly of: readonly unknown[]
  readonly onClick?: (index: number) => void
}

const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** A chart of ECharts that follows the theme and the width it has. */
export const Chart = ({ label, height, option, of, onClick }: ChartProps): JSX.Element => {
  const box = useRef<HTMLDivElement>(null)
  const click = useRef(onClick)
  click.current = onClick
  const chart = useRef<ReturnType<typeof init> | undefined>(undefined)
  const isDark = useIsDark()

  useEffect(() => {
    if (box.current === null) return
    const made = init(box.current, undefined, { renderer: 'svg' })
    made.on('click', ({ dataIndex }) => click.current?.(dataIndex))
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(box.current)
    chart.current = made
    return () => {
      observer.disconnect()
      made.dispose()
    }
  }, [isDark])

  useEffect(() => {
    const palette = paletteOf()
    chart.current?.setOption({ ...baseOf(palette, isStill()), ...option(palette) }, { notMerge: true })
  }, [isDark, ...of])

  return <div class="chart" role="img" aria-label={label} ref={box} style={{ height: `${height}px` }} />
}

const baseOf = (palette: Palette, still: boolean): EChartsOption => ({
  animation: !still,
  animationDuration: 200,
  textStyle: { fontFamily: palette.font, color: palette.quiet, fontSize: 12 },
})
