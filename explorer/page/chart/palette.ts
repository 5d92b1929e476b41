const KNOWN = new Set(['issue', 'pull_request', 'build', 'deploy'])

/** The colours of the theme that is on, for what is not styled by CSS. */
export interface Palette {
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly surface: string
  readonly accent: string
  readonly accentSoft: string
  readonly neutral: string
  readonly failure: string
  readonly ok: string
  readonly font: string
  /** For things that have no colour of their own, told apart by people who do not see all colours. */
  readonly series: readonly string[]
  readonly operation: (name: string) => string
}

export const paletteOf = (): Palette => {
  const root = getComputedStyle(document.documentElement)
  const colour = colours()
  return {
    text: colour('text'),
    quiet: colour('quiet'),
    line: colour('line'),
    surface: colour('surface'),
    accent: colour('accent'),
    accentSoft: colour('accent-soft'),
    neutral: colour('neutral'),
    failure: colour('failure'),
    ok: colour('ok'),
    font: root.getPropertyValue('--font').trim(),
    series: [1, 2, 3, 4, 5, 6].map((number) => colour(`series-${number}`)),
    operation: (name) => colour(KNOWN.has(name) ? `op-${name}` : 'op-other'),
  }
}

/** A custom property is kept as it was written, `light-dark(…)`; an element that wears the colour says which it came to. */
const colours = (): ((name: string) => string) => {
  const known = new Map<string, string>()
  return (name) => {
    const found = known.get(name) ?? worn(name)
    known.set(name, found)
    return found
  }
}

const worn = (name: string): string => {
  const probe = document.createElement('i')
  probe.style.color = `var(--${name})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
