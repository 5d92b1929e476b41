import type { Groups } from '../api/groups.ts'
import { type Query, textOf } from '../query.ts'
import type { Row } from '../warehouse/rows.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { populationSql } from './population.ts'

/** As many groups as are shown, the largest first. */
const MAX_GROUPS = 50

export interface GroupBy {
  /** `self`, or the operation of another span of the trace. */
  readonly scope: string
  readonly name: string
}

/**
 * The population by an attribute. A span that has several values, as it has of a list or of several other spans, counts
 * in the group of each.
 */
export const groups = async (warehouse: Warehouse, asked: Query, by: GroupBy): Promise<Groups> => {
  await warehouse.index()
  const { text, parameters } = populationSql(asked)
  const rows = await warehouse.query(
    `WITH ${text},
     holders AS (
       SELECT m.span_no, m.trace_no, i.value FROM marks m JOIN items i USING (item_no)
       WHERE i.kind = 'value' AND i.operation = $by_operation AND i.name = $by_name
       UNION ALL
       SELECT n.span_no, n.trace_no, n.value::BIGINT::VARCHAR FROM numbers n JOIN items i USING (item_no)
       WHERE i.kind = 'number' AND i.operation = $by_operation AND i.name = $by_name AND n.value = trunc(n.value) AND abs(n.value) < 1e15
       UNION ALL
       SELECT n.span_no, n.trace_no, n.value::VARCHAR FROM numbers n JOIN items i USING (item_no)
       WHERE i.kind = 'number' AND i.operation = $by_operation AND i.name = $by_name AND NOT (n.value = trunc(n.value) AND abs(n.value) < 1e15)
       UNION ALL
       SELECT span_no, trace_no, attributes[$by_name] FROM spans
       WHERE operation = $by_operation AND attributes[$by_name] IS NOT NULL
         AND EXISTS (SELECT 1 FROM items i WHERE i.kind = 'left_out' AND i.operation = $by_operation AND i.name = $by_name)
     ),
     valued AS (${by.scope === 'self' ? SELF : OTHERS}),
     grouped AS (
       SELECT value, duration_ms, is_error FROM population JOIN valued USING (span_no)
       UNION ALL
       SELECT NULL, duration_ms, is_error FROM population ANTI JOIN valued USING (span_no)
     )
     SELECT value, count(*) AS spans, count_if(is_error) AS failed,
       quantile_cont(duration_ms, [0.5, 0.9, 0.99]) AS quantiles, count(*) OVER () AS groups
     FROM grouped GROUP BY value ORDER BY spans DESC, value LIMIT ${MAX_GROUPS}`,
    { ...parameters, by_operation: by.scope === 'self' ? asked.operation : by.scope, by_name: by.name },
  )
  return {
    by: `${by.scope}:${by.name}`,
    rows: rows.map((row) => groupOf(row, by)),
    cut: Math.max(0, Number(rows[0]?.groups ?? 0) - rows.length),
  }
}

const SELF = 'SELECT DISTINCT span_no, value FROM holders'

/** A span that holds a value alone in its trace is not its own other. */
const OTHERS = `
SELECT p.span_no, h.value FROM population p JOIN (
  SELECT trace_no, value, CASE WHEN count(*) = 1 THEN min(span_no) END AS alone_no FROM holders GROUP BY trace_no, value
) h USING (trace_no) WHERE h.alone_no IS DISTINCT FROM p.span_no`

const groupOf = (row: Row, { scope, name }: GroupBy): Groups['rows'][number] => {
  const quantiles = Array.isArray(row.quantiles) ? row.quantiles.map(Number) : []
  const [p50Millis = 0, p90Millis = 0, p99Millis = 0] = quantiles
  const value = row.value === null ? undefined : String(row.value)
  return {
    ...(value === undefined ? {} : { value }),
    filter: textOf({ scope, name, ...(value === undefined ? {} : { value }), isNot: value === undefined }),
    count: Number(row.spans),
    failed: Number(row.failed),
    p50Millis,
    p90Millis,
    p99Millis,
  }
}
