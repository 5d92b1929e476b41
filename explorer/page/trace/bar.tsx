import type { JSX } from 'preact'
import type { Trace, TraceSpan } from '../../api/trace.ts'

interface BarProps {
  readonly span: TraceSpan
  readonly trace: Trace
}

/** A span along the trace's time: at work, waiting (hatched), and what happened in it as ticks. */
export const Bar = ({ span, trace }: BarProps): JSX.Element => {
  const whole = Math.max(1, trace.endMillis - trace.startMillis)
  const x = (millis: number) => `${((100 * (millis - trace.startMillis)) / whole).toFixed(3)}%`
  const width = (from: number, to: number) => `${((100 * Math.max(0, to - from)) / whole).toFixed(3)}%`
  const endMillis = span.endMillis ?? trace.endMillis
  return (
    <svg
      class={`bar ${span.isError ? 'is-failed' : ''} ${span.endMillis === undefined ? 'is-open' : ''}`}
      aria-hidden="true"
    >
      <line class="bar-grid" x1="25%" x2="25%" y1="0" y2="100%" />
      <line class="bar-grid" x1="50%" x2="50%" y1="0" y2="100%" />
      <line class="bar-grid" x1="75%" x2="75%" y1="0" y2="100%" />
      <rect class="took" x={x(span.startMillis)} width={width(span.startMillis, endMillis)} y="6" height="14" rx="3" />
      <rect class="took" x={x(span.startMillis)} width="3" y="6" height="14" rx="1.5" />
      {span.waits.map(({ fromMillis, toMillis }) => (
        <rect key={fromMillis} class="wait" x={x(fromMillis)} width={width(fromMillis, toMillis)} y="6" height="14" />
      ))}
      {span.events.map(({ name, atMillis }) => (
        <line key={`${name} ${atMillis}`} class="event" x1={x(atMillis)} x2={x(atMillis)} y1="2" y2="24" />
      ))}
    </svg>
  )
}
