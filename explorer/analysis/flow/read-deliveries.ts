import type { DuckDBConnection } from '@duckdb/node-api'
import { groupsByMask, tuples } from './columns.ts'
import type { Deploy, Incident } from './deploys.ts'
import type { Change } from './lead-times.ts'

/** Which deploy brought which pull request: those that it links to as carried, and the nearest one that it hangs from. */
const CHANGES = `
  SELECT deploy_no, change_no FROM brought
  UNION
  SELECT l.span_no, p.span_no FROM links l SEMI JOIN deploys USING (span_no)
  JOIN spans p ON p.span_id = l.span_id AND p.operation = 'pull_request' WHERE l.reason = 'carried'`

const MASK = `(SELECT span_no, bit_or(1 << (group_no - 1)) AS mask FROM flow_groups GROUP BY span_no)`

export interface Deliveries {
  readonly deploys: readonly Deploy[]
  readonly changes: readonly Change[]
  readonly incidents: readonly Incident[]
}

/** Reads `flow_spans` and `flow_groups`, and what the index of the deliveries holds. */
export const readDeliveries = async (connection: DuckDBConnection, groups: readonly string[]): Promise<Deliveries> => {
  const groupsOf = groupsByMask(groups)
  await connection.run(`CREATE TEMP TABLE flow_changes AS ${CHANGES}`)
  const brought = new Map<number, number[]>()
  for (const [deploy, change] of await tuples(connection, 'SELECT deploy_no, change_no FROM flow_changes')) {
    const own = brought.get(Number(deploy))
    if (own === undefined) brought.set(Number(deploy), [Number(change)])
    else own.push(Number(change))
  }
  const deploys = await tuples(
    connection,
    `SELECT span_no, place_no, epoch_us(start_time)::DOUBLE / 1000,
       epoch_us(end_time)::DOUBLE / 1000, is_error, is_rollback, is_counted, coalesce(mask, 0)::INTEGER
     FROM deploys JOIN spans USING (span_no) JOIN flow_spans USING (span_no) LEFT JOIN ${MASK} USING (span_no)
     JOIN (SELECT place, min(span_no) AS place_no FROM deploys GROUP BY place) USING (place)`,
  )
  const changes = await tuples(
    connection,
    `WITH openings AS (
       SELECT span_no, coalesce(activity_key, span_id) AS key, start_time FROM spans WHERE operation = 'pull_request'
     ), firsts AS (
       SELECT key, min(span_no) AS key_no, min(start_time) AS first_start FROM openings GROUP BY key
     )
     SELECT span_no, key_no, epoch_us(first_start)::DOUBLE / 1000, is_counted, coalesce(mask, 0)::INTEGER
     FROM openings JOIN firsts USING (key) JOIN flow_spans USING (span_no) LEFT JOIN ${MASK} USING (span_no)
     WHERE span_no IN (SELECT change_no FROM flow_changes)`,
  )
  return {
    deploys: deploys.map(([id, place, start, end, isError, isRollback, isCounted, mask]) => ({
      spanId: Number(id),
      place: String(place),
      startMillis: Number(start),
      endMillis: Number(end),
      isError: isError === true,
      isRollback: isRollback === true,
      changes: brought.get(Number(id)) ?? [],
      groups: groupsOf(Number(mask)),
      isCounted: isCounted === true,
    })),
    changes: changes.map(([id, key, start, isCounted, mask]) => ({
      spanId: Number(id),
      key: Number(key),
      startMillis: Number(start),
      groups: groupsOf(Number(mask)),
      isCounted: isCounted === true,
    })),
    incidents: await readIncidents(connection, groupsOf),
  }
}

/** What an incident links to or hangs from, as far as those are deploys to production. */
const readIncidents = async (
  connection: DuckDBConnection,
  groupsOf: (mask: number) => readonly string[],
): Promise<readonly Incident[]> => {
  const causes = await tuples(
    connection,
    `SELECT i.span_no, d.span_no FROM (
       SELECT span_no, span_id FROM links
       UNION ALL
       SELECT span_no, parent_span_id FROM spans WHERE operation = 'incident'
     ) i SEMI JOIN (SELECT span_no FROM spans WHERE operation = 'incident') n ON n.span_no = i.span_no
     JOIN spans s USING (span_id) JOIN deploys d ON d.span_no = s.span_no`,
  )
  const rows = await tuples(
    connection,
    `SELECT s.span_no, epoch_us(s.start_time)::DOUBLE / 1000, epoch_us(s.end_time)::DOUBLE / 1000, is_counted,
       coalesce(mask, 0)::INTEGER
     FROM spans s JOIN flow_spans USING (span_no) LEFT JOIN ${MASK} USING (span_no) WHERE s.operation = 'incident'`,
  )
  return rows.map(([id, start, end, isCounted, mask]) => ({
    startMillis: Number(start),
    ...(typeof end === 'number' ? { endMillis: end } : {}),
    causes: causes.filter(([incident]) => incident === id).map(([, deploy]) => Number(deploy)),
    groups: groupsOf(Number(mask)),
    isCounted: isCounted === true,
  }))
}
