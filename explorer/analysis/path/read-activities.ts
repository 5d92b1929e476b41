import type { DuckDBConnection } from '@duckdb/node-api'
import type { Sql } from '../sql.ts'
import type { Activity } from './activity.ts'

/** A span with the number of its trace, and whether it belongs to the population; ids are numbers of the database. */
export interface PopulatedActivity extends Activity {
  readonly traceNo: number
  readonly isCounted: boolean
}

/**
 * All spans of the traces of a population. Everything comes as numbers, by columns: texts, and an object a row, take
 * several times as long for a hundred thousand spans.
 */
export const readActivities = async (
  connection: DuckDBConnection,
  population: Sql,
): Promise<readonly PopulatedActivity[]> => {
  const names = (await connection.runAndReadAll('SELECT DISTINCT operation FROM spans')).getRows().map(String)
  const reader = await connection.runAndReadAll(activitiesSql(population), {
    ...population.parameters,
    names: JSON.stringify(names),
  })
  const [traces = [], ids = [], parents = [], operations = [], starts = [], ends = [], counted = [], pushes = []] =
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
      isCounted: counted[at] === true,
    }
  })
}

const activitiesSql = ({ text }: Sql): string => `
  WITH ${text}, covered AS (
    SELECT span_no, trace_no, span_id, parent_span_id, operation, start_time, end_time FROM spans
    WHERE trace_no IN (SELECT trace_no FROM population)
  ), pushes AS (
    SELECT span_no, list_max(list_transform(list_filter(
      from_json(details->'events', '[{"name": "VARCHAR", "atMillis": "DOUBLE"}]'), e -> e.name = 'pushed'),
      e -> e.atMillis)) AS last_millis
    FROM spans WHERE operation = 'pull_request' AND trace_no IN (SELECT trace_no FROM population)
  )
  SELECT s.trace_no, s.span_no, parent.span_no, list_position(from_json($names, '["VARCHAR"]'), s.operation),
    epoch_us(s.start_time)::DOUBLE / 1000, epoch_us(s.end_time)::DOUBLE / 1000,
    s.span_no IN (SELECT span_no FROM population), pushes.last_millis
  FROM covered s
  LEFT JOIN covered parent ON parent.trace_no = s.trace_no AND parent.span_id = s.parent_span_id
  LEFT JOIN pushes ON pushes.span_no = s.span_no`
