import type { JSX } from 'preact'

const [WIDTH, HEIGHT, EDGE] = [200, 36, 3]

/** The course of a figure, from zero up. Gaps stay gaps. An ornament of the figure beside it. */
export const Sparkline = ({ values }: { readonly values: readonly (number | undefined)[] }): JSX.Element => {
  const most = Math.max(...values.map((value) => value ?? 0), Number.EPSILON)
  const x = (index: number) =>
    values.length < 2 ? WIDTH / 2 : EDGE + (index * (WIDTH - 2 * EDGE)) / (values.length - 1)
  const y = (value: number) => HEIGHT - EDGE - (value / most) * (HEIGHT - 2 * EDGE)
  const path = values
    .map((value, index) => {
      if (value === undefined) return ''
      const starts = index === 0 || values[index - 1] === undefined
      return `${starts ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`
    })
    .join('')
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      height={HEIGHT}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} class="spark-base" />
      <path d={path} class="spark-line" />
    </svg>
  )
}
