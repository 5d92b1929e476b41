import type { DuckDBConnection } from '@duckdb/node-api'
import type { Sql } from '../sql.ts'
import type { Activity } from './activity.ts'

/** A span with the number of its trace, and whether it belongs to the population. */
export interface PopulatedActivity extends Activity {
  readonly traceNo: number
  readonly isCounted: boolean
}

/**
 * All spans of the traces of a population, each trace's together. Read by columns: an object a row, as rows come
 * elsewhere, takes several times as long for a hundred thousand spans.
 */
export const readActivities = async (
  connection: DuckDBConnection,
  population: Sql,
): Promise<readonly PopulatedActivity[]> => {
  const reader = await connection.runAndReadAll(
    `WITH ${population.text}
     SELECT s.trace_no, s.span_id, s.parent_span_id, s.operation, epoch_us(s.start_time)::DOUBLE / 1000,
       epoch_us(s.end_time)::DOUBLE / 1000, s.span_no IN (SELECT span_no FROM population),
       CASE WHEN s.operation = 'pull_request' THEN list_max(list_transform(
         list_filter(from_json(s.details->'events', '[{"name": "VARCHAR", "atMillis": "DOUBLE"}]'), e -> e.name = 'pushed'),
         e -> e.atMillis)) END
     FROM spans s WHERE s.trace_no IN (SELECT trace_no FROM population)
     ORDER BY s.trace_no`,
    population.parameters,
  )
  const [traces = [], ids = [], parents = [], operations = [], starts = [], ends = [], counted = [], pushes = []] =
    reader.getColumns()
  return traces.map((traceNo, at) => {
    const [parent, end, push] = [parents[at], ends[at], pushes[at]]
    return {
      traceNo: Number(traceNo),
      spanId: String(ids[at]),
      ...(typeof parent === 'string' ? { parentSpanId: parent } : {}),
      operation: String(operations[at]),
      startMillis: Number(starts[at]),
      ...(typeof end === 'number' ? { endMillis: end } : {}),
      ...(typeof push === 'number' ? { lastPushMillis: push } : {}),
      isCounted: counted[at] === true,
    }
  })
}
