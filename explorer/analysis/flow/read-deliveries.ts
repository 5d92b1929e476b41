import type { DuckDBConnection } from '@duckdb/node-api'
import { groupsByMask, tuples } from './columns.ts'
import type { Deploy, Incident } from './deploys.ts'
import type { Change } from './lead-times.ts'

const LINKS = `from_json(details->'links', '[{"spanId": "VARCHAR", "attributes": {"valuestream.link.reason": "VARCHAR"}}]')`

/**
 * To production goes what says so, and, as it is with what a deploy carries, what names no environment at all; what was
 * cancelled or skipped has put nothing there.
 */
const DEPLOYS = `
  CREATE TEMP TABLE flow_deploys AS
  WITH told AS (
    SELECT m.span_no, ${[
      'deployment.production',
      'deployment.rollback',
      'deployment.environment.name',
      'vcs.owner.name',
      'vcs.repository.name',
      'cicd.pipeline.name',
    ]
      .map((name) => `max(CASE WHEN i.name = '${name}' THEN i.value END) AS "${name}"`)
      .join(', ')}
    FROM marks m JOIN items i USING (item_no)
    WHERE i.kind = 'value' AND i.operation = 'deploy'
      AND (i.name LIKE 'deployment.%' OR i.name IN ('vcs.owner.name', 'vcs.repository.name', 'cicd.pipeline.name'))
    GROUP BY m.span_no
  )
  SELECT s.span_no, s.trace_no, s.parent_span_id, s.start_time, s.end_time, s.is_error,
    coalesce(t."deployment.rollback" = 'true', false) AS is_rollback,
    concat_ws(' ', coalesce(t."vcs.owner.name" || '/' || t."vcs.repository.name", t."cicd.pipeline.name", ''),
      t."deployment.environment.name") AS place
  FROM spans s LEFT JOIN told t USING (span_no)
  WHERE s.operation = 'deploy' AND s.end_time IS NOT NULL AND (s.is_error OR s.result IS NULL OR s.result = 'success')
    AND coalesce(t."deployment.production" = 'true', t."deployment.environment.name" IS NULL)`

/** Which deploy brought which pull request: those that it links to as carried, and the nearest one that it hangs from. */
const CHANGES = `
  WITH runs AS (
    SELECT span_no, trace_no, span_id, operation,
      CASE WHEN operation <> 'pull_request' THEN parent_span_id END AS above_id
    FROM spans WHERE operation IN ('build', 'deploy', 'pull_request')
  ), above AS (
    SELECT d.span_no AS deploy_no, ${[1, 2, 3, 4].map((height) => `a${height}.span_no AS no_${height}, a${height}.operation AS is_${height}`).join(', ')}
    FROM flow_deploys d JOIN runs a1 ON a1.trace_no = d.trace_no AND a1.span_id = d.parent_span_id
    ${[2, 3, 4].map((height) => `LEFT JOIN runs a${height} ON a${height}.trace_no = d.trace_no AND a${height}.span_id = a${height - 1}.above_id`).join('\n    ')}
  )
  SELECT deploy_no, coalesce(${[1, 2, 3, 4].map((height) => `CASE WHEN is_${height} = 'pull_request' THEN no_${height} END`).join(', ')}) AS change_no
  FROM above WHERE 'pull_request' IN (is_1, is_2, is_3, is_4)
  UNION
  SELECT carried.deploy_no, p.span_no FROM (
    SELECT span_no AS deploy_no, unnest(list_transform(
      list_filter(${LINKS}, l -> l.attributes."valuestream.link.reason" = 'carried'), l -> l.spanId)) AS span_id
    FROM spans WHERE span_no IN (SELECT span_no FROM flow_deploys)
  ) carried JOIN runs p ON p.span_id = carried.span_id AND p.operation = 'pull_request'`

const MASK = `(SELECT span_no, bit_or(1 << (group_no - 1)) AS mask FROM flow_groups GROUP BY span_no)`

export interface Deliveries {
  readonly deploys: readonly Deploy[]
  readonly changes: readonly Change[]
  readonly incidents: readonly Incident[]
}

/** Reads `flow_spans` and `flow_groups`. */
export const readDeliveries = async (connection: DuckDBConnection, groups: readonly string[]): Promise<Deliveries> => {
  const groupsOf = groupsByMask(groups)
  await connection.run(DEPLOYS)
  await connection.run(`CREATE TEMP TABLE flow_changes AS ${CHANGES}`)
  const brought = new Map<number, number[]>()
  for (const [deploy, change] of await tuples(connection, 'SELECT deploy_no, change_no FROM flow_changes')) {
    const own = brought.get(Number(deploy))
    if (own === undefined) brought.set(Number(deploy), [Number(change)])
    else own.push(Number(change))
  }
  const deploys = await tuples(
    connection,
    `SELECT span_no, dense_rank() OVER (ORDER BY place), epoch_us(start_time)::DOUBLE / 1000,
       epoch_us(end_time)::DOUBLE / 1000, is_error, is_rollback, is_counted, coalesce(mask, 0)::INTEGER
     FROM flow_deploys JOIN flow_spans USING (span_no) LEFT JOIN ${MASK} USING (span_no)`,
  )
  const changes = await tuples(
    connection,
    `SELECT span_no, dense_rank() OVER (ORDER BY key), epoch_us(first_start)::DOUBLE / 1000, is_counted,
       coalesce(mask, 0)::INTEGER
     FROM (
       SELECT span_no, coalesce(activity_key, span_id) AS key,
         min(start_time) OVER (PARTITION BY coalesce(activity_key, span_id)) AS first_start
       FROM spans WHERE operation = 'pull_request'
     ) JOIN flow_spans USING (span_no) LEFT JOIN ${MASK} USING (span_no)
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
       SELECT span_no, unnest(list_append(list_transform(${LINKS}, l -> l.spanId), parent_span_id)) AS span_id
       FROM spans WHERE operation = 'incident'
     ) i JOIN spans s USING (span_id) JOIN flow_deploys d ON d.span_no = s.span_no`,
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
