import type { DuckDBConnection } from '@duckdb/node-api'
import { groupsByMask, tuples } from './columns.ts'
import type { Deploy, Incident, Sample } from './deploys.ts'
import { LEAD_TIMES } from './lead-times.ts'

const MASK = `(SELECT span_no, bit_or(1 << (group_no - 1)) AS mask FROM flow_groups GROUP BY span_no)`

export interface Deliveries {
  readonly deploys: readonly Deploy[]
  readonly leadTimes: readonly Sample[]
  readonly incidents: readonly Incident[]
}

/** Reads `flow_spans` and `flow_groups`, and what the index of the deliveries holds. */
export const readDeliveries = async (connection: DuckDBConnection, groups: readonly string[]): Promise<Deliveries> => {
  const groupsOf = groupsByMask(groups)
  const deploys = await tuples(
    connection,
    `SELECT span_no, place_no, epoch_us(start_time)::DOUBLE / 1000,
       epoch_us(end_time)::DOUBLE / 1000, is_error, is_rollback, is_counted, coalesce(mask, 0)::INTEGER
     FROM deploys JOIN spans USING (span_no) JOIN flow_spans USING (span_no) LEFT JOIN ${MASK} USING (span_no)
     JOIN (SELECT place, min(span_no) AS place_no FROM deploys GROUP BY place) USING (place)
     ORDER BY start_time, end_time, span_no`,
  )
  return {
    deploys: deploys.map(([id, place, start, end, isError, isRollback, isCounted, mask]) => ({
      spanId: Number(id),
      place: String(place),
      startMillis: Number(start),
      endMillis: Number(end),
      isError: isError === true,
      isRollback: isRollback === true,
      groups: groupsOf(Number(mask)),
      isCounted: isCounted === true,
    })),
    leadTimes: await readLeadTimes(connection, groupsOf),
    incidents: await readIncidents(connection, groupsOf),
  }
}

const readLeadTimes = async (
  connection: DuckDBConnection,
  groupsOf: (mask: number) => readonly string[],
): Promise<readonly Sample[]> => {
  const rows = await tuples(
    connection,
    `SELECT epoch_us(there_time)::DOUBLE / 1000, epoch_us(there_time)::DOUBLE / 1000 - epoch_us(first_start)::DOUBLE / 1000, is_counted,
       coalesce(mask, 0)::INTEGER
     FROM (${LEAD_TIMES}) JOIN flow_spans USING (span_no) LEFT JOIN ${MASK} USING (span_no)`,
  )
  return rows.map(([at, millis, isCounted, mask]) => ({
    atMillis: Number(at),
    millis: Number(millis),
    groups: groupsOf(Number(mask)),
    isCounted: isCounted === true,
  }))
}

/** What an incident links to or hangs from, as far as those are deploys to production. */
const readIncidents = async (
  connection: DuckDBConnection,
  groupsOf: (mask: number) => readonly string[],
): Promise<readonly Incident[]> => {
  const rows = await tuples(
    connection,
    `SELECT s.span_no, epoch_us(s.start_time)::DOUBLE / 1000, epoch_us(s.end_time)::DOUBLE / 1000, is_counted,
       coalesce(mask, 0)::INTEGER
     FROM spans s JOIN flow_spans USING (span_no) LEFT JOIN ${MASK} USING (span_no) WHERE s.operation = 'incident'`,
  )
  if (rows.length === 0) return []
  const causes = await tuples(
    connection,
    `SELECT i.span_no, d.span_no FROM (
       SELECT span_no, span_id FROM links
       UNION ALL
       SELECT span_no, parent_span_id FROM spans WHERE operation = 'incident'
     ) i SEMI JOIN (SELECT span_no FROM spans WHERE operation = 'incident') n ON n.span_no = i.span_no
     JOIN spans s USING (span_id) JOIN deploys d ON d.span_no = s.span_no`,
  )
  return rows.map(([id, start, end, isCounted, mask]) => ({
    startMillis: Number(start),
    ...(typeof end === 'number' ? { endMillis: end } : {}),
    causes: causes.filter(([incident]) => incident === id).map(([, deploy]) => Number(deploy)),
    groups: groupsOf(Number(mask)),
    isCounted: isCounted === true,
  }))
}
