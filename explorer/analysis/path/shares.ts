import { type Activity, type Children, descendantsOf, type SpanId } from './activity.ts'
import { canWait, segmentsOf } from './segments.ts'

/** What one kind of work, or one wait, took of a span's time. */
export interface Share {
  readonly spanId: SpanId
  readonly isWait: boolean
  /** The operation at work, or what is waited for. */
  readonly name: string
  readonly micros: number
}

/** By the rule of {@link segmentsOf}; of a span that is under way there are none. What lies below lasts to its end. */
export const sharesOf = <A extends Activity>(span: A, children: Children<A>): readonly Share[] => {
  const { spanId, operation, startMillis, endMillis } = span
  if (endMillis === undefined || endMillis <= startMillis) return []
  if (!canWait(span) && !children.has(spanId)) {
    // As it is with most spans: nothing to divide.
    return [{ spanId, isWait: false, name: operation, micros: microsOf(startMillis, endMillis) }]
  }
  const [work, waits] = [new Map<string, number>(), new Map<string, number>()]
  for (const { kind, name, fromMillis, toMillis } of segmentsOf(span, descendantsOf(children, span), endMillis)) {
    const micros = kind === 'wait' ? waits : work
    micros.set(name, (micros.get(name) ?? 0) + microsOf(fromMillis, toMillis))
  }
  return [
    ...[...work].map(([name, micros]) => ({ spanId, isWait: false, name, micros })),
    ...[...waits].map(([name, micros]) => ({ spanId, isWait: true, name, micros })),
  ]
}

/** Whole: the database keeps microseconds, of which a double has less than one at these moments. */
const microsOf = (fromMillis: number, toMillis: number): number => Math.round((toMillis - fromMillis) * 1000)
