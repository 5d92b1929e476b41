import type { JSX } from 'preact'
import type { Histogram } from '../../api/histogram.ts'
import { formatDuration } from '../../duration.ts'
import { formatNumber, formatShare } from '../ui/format.ts'
import { operationPlural } from '../ui/operation.ts'

interface FiguresProps {
  readonly histogram: Histogram
  readonly operation: string
}

/** The histogram in five numbers. */
export const Figures = ({ histogram, operation }: FiguresProps): JSX.Element => {
  const { count, failed, p50Millis, p90Millis, p99Millis } = histogram
  return (
    <dl class="figures">
      <Figure name={operationPlural(operation)} text={formatNumber(count)} />
      <Figure name="median" text={durationOr(p50Millis)} />
      <Figure name="p90" text={durationOr(p90Millis)} />
      <Figure name="p99" text={durationOr(p99Millis)} />
      <Figure
        name="failed"
        text={failed === 0 ? '0' : `${formatNumber(failed)} (${formatShare(failed / count)})`}
        class={failed === 0 ? '' : 'is-failed'}
      />
    </dl>
  )
}

const durationOr = (millis: number | undefined): string => (millis === undefined ? '–' : formatDuration(millis))

interface FigureProps {
  readonly name: string
  readonly text: string
  readonly class?: string
}

const Figure = ({ name, text, class: extra = '' }: FigureProps): JSX.Element => (
  <div class={`figure ${extra}`}>
    <dt>{name}</dt>
    <dd>{text}</dd>
  </div>
)
