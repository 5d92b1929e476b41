import type { DuckDBConnection } from '@duckdb/node-api'
import type { Activity } from './activity.ts'

/** A span with the number of its trace; ids are numbers of the database. */
export interface TracedActivity extends Activity {
  readonly traceNo: number
}

/**
 * All spans of the traces in `stale_traces` between two numbers. Everything comes as numbers, by columns: texts, and an
 * object a row, take several times as long for a hundred thousand spans.
 */
export const readActivities = async (
  connection: DuckDBConnection,
  fromTraceNo: number,
  toTraceNo: number,
): Promise<readonly TracedActivity[]> => {
  const names = (await connection.runAndReadAll(`SELECT DISTINCT operation ${STALE}`, { fromTraceNo, toTraceNo }))
    .getRows()
    .map(String)
  const reader = await connection.runAndReadAll(ACTIVITIES, { fromTraceNo, toTraceNo, names: JSON.stringify(names) })
  const [traces = [], ids = [], parents = [], operations = [], starts = [], ends = [], pushes = []] =
    reader.getColumns()
  return traces.map((traceNo, at) => {
    const [parent, end, push] = [parents[at], ends[at], pushes[at]]
    return {
      traceNo: Number(traceNo),
      spanId: Number(ids[at]),
      ...(typeof parent === 'number' ? { parentSpanId: parent } : {}),
      operation: names[Number(operations[at]) - 1] ?? '',
      startMillis: Number(starts[at]),
      ...(typeof end === 'number' ? { endMillis: end } : {}),
      ...(typeof push === 'number' ? { lastPushMillis: push } : {}),
    }
  })
}

const STALE = `
  FROM spans WHERE trace_no BETWEEN $fromTraceNo AND $toTraceNo AND trace_no IN (SELECT trace_no FROM stale_traces)`

const ACTIVITIES = `
  WITH covered AS (
    SELECT span_no, trace_no, span_id, parent_span_id, operation, start_time, end_time ${STALE}
  ), pushes AS (
    SELECT span_no, list_max(list_transform(list_filter(
      from_json(details->'events', '[{"name": "VARCHAR", "atMillis": "DOUBLE"}]'), e -> e.name = 'pushed'),
      e -> round(e.atMillis * 1000))) / 1000 AS last_millis
    ${STALE} AND operation = 'pull_request'
  )
  SELECT s.trace_no, s.span_no, parent.span_no, list_position(from_json($names, '["VARCHAR"]'), s.operation),
    epoch_us(s.start_time)::DOUBLE / 1000, epoch_us(s.end_time)::DOUBLE / 1000, pushes.last_millis
  FROM covered s
  LEFT JOIN covered parent ON parent.trace_no = s.trace_no AND parent.span_id = s.parent_span_id
  LEFT JOIN pushes ON pushes.span_no = s.span_no`
