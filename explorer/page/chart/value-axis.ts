import type { Palette } from './palette.ts'

/** The upright axis of every chart: quiet labels, and dashed lines behind what is drawn. */
export const valueAxis = (palette: Palette, formatter?: (value: number) => string) =>
  ({
    type: 'value',
    axisLabel: { color: palette.quiet, ...(formatter === undefined ? {} : { formatter }) },
    splitLine: { lineStyle: { color: palette.line, type: 'dashed' } },
  }) as const

/** That of what is counted: with whole numbers alone. */
export const countAxis = (palette: Palette, splitNumber: number) => ({
  ...valueAxis(palette),
  minInterval: 1,
  splitNumber,
})
