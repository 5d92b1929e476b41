import type { SpanRow } from '../../api.ts'
import type { Row } from '../../warehouse/rows.ts'

/** The columns that {@link spanRowOf} reads. */
export const SPAN_ROW_COLUMNS =
  'trace_id, span_id, operation, title, start_time, duration_ms, is_error, result' as const

/** A span in one line. */
export const spanRowOf = (row: Row): SpanRow => ({
  traceId: String(row.trace_id),
  spanId: String(row.span_id),
  operation: String(row.operation),
  title: String(row.title),
  startMillis: Number(row.start_time),
  ...(typeof row.duration_ms === 'number' ? { durationMillis: row.duration_ms } : {}),
  isError: row.is_error === true,
  ...(typeof row.result === 'string' ? { result: row.result } : {}),
})
