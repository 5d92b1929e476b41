import type { StoredSpan } from './span.ts'
import { titleOf } from './title.ts'

/** A trace in one line. */
export interface TraceSummary {
  readonly traceId: string
  readonly name: string
  readonly title: string
  readonly services: readonly string[]
  readonly startMillis: number
  readonly durationMillis: number
  /** `open` until the root arrives, since a span arrives when it ends. */
  readonly state: 'open' | 'error' | 'ok'
  readonly spanCount: number
}

/** @param spans those of one trace, at least one */
export const summaryOf = (spans: readonly StoredSpan[]): TraceSummary => {
  const byStart = [...spans].sort((a, b) => a.startMillis - b.startMillis)
  const root = byStart.find(({ parentSpanId }) => parentSpanId === undefined)
  const first = root ?? byStart[0]
  if (!first) throw new RangeError('a trace has at least one span')
  const startMillis = Math.min(...spans.map((span) => span.startMillis))
  return {
    traceId: first.traceId,
    name: first.name,
    title: titleOf(first),
    services: [...new Set(byStart.map(({ service }) => service))],
    startMillis,
    durationMillis: Math.max(...spans.map(({ endMillis }) => endMillis)) - startMillis,
    state: spans.some(({ state }) => state === 'error') ? 'error' : root ? 'ok' : 'open',
    spanCount: spans.length,
  }
}
