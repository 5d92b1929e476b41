import type { Mark } from '../../explorer/api/correlations.ts'
import type { SpanRecord } from '../../explorer/warehouse/span-record.ts'

/** Whether a mark is on a span of a history, by looking at every span of its trace: what the SQL must agree with. */
export const isMarked = (mark: Mark, span: SpanRecord, history: readonly SpanRecord[]): boolean => {
  const looked =
    mark.scope === 'self'
      ? [span]
      : history.filter((other) => other.traceId === span.traceId && other !== span && other.operation === mark.scope)
  return looked.some((one) => has(mark, one)) !== mark.isAbsent
}

const has = ({ name, value }: Mark, { attributes }: SpanRecord): boolean => {
  if (name === '*') return true
  const found = attributes[name]
  if (found === undefined || value === undefined) return found !== undefined
  if (Array.isArray(found)) return found.includes(value)
  if (typeof found !== 'number') return String(found) === value
  const [low, high = low] = value.split(' – ').map(Number)
  return found >= Number(low) && found <= Number(high)
}
