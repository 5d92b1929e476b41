import type { Palette } from './palette.ts'

export interface TooltipRow {
  readonly name: string
  readonly value: string
  readonly colour?: string
}

/** A tooltip as elements: ECharts would take a string for HTML, and names come from other people. */
export const tooltipOf = (title: string, rows: readonly TooltipRow[]): HTMLElement => {
  const box = element('div', 'tooltip')
  box.append(element('strong', '', title))
  for (const { name, value, colour } of rows) {
    const row = element('div', 'tooltip-row')
    const swatch = element('span', 'swatch')
    if (colour !== undefined) swatch.style.background = colour
    row.append(swatch, element('span', 'tooltip-name', name), element('span', 'tooltip-value', value))
    box.append(row)
  }
  return box
}

const element = (tag: string, className: string, text = ''): HTMLElement => {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

/** The frame of every tooltip. */
export const tooltipFrame = (palette: Palette) => ({
  confine: true,
  backgroundColor: palette.surface,
  borderColor: palette.line,
  borderWidth: 1,
  padding: 10,
  transitionDuration: 0,
  extraCssText: 'box-shadow: var(--shadow)',
  textStyle: { color: palette.text, fontSize: 12, fontFamily: palette.font },
})
