import type { RunQuery } from '../../warehouse/rows.ts'
import { holdersOf } from '../population.ts'
import type { Sql } from '../sql.ts'
import type { FlowQuery } from './flow-query.ts'
import type { Range } from './interval.ts'

/**
 * Makes the temporary tables and views that the flow is read from: `flow_spans`, which says of every span whether its trace passes
 * the filters, with what is read of it again and again; and `flow_groups`, which says of the largest groups which spans
 * belong to them, by a number from 1.
 *
 * A span belongs to the group that its own attribute names, else to that of the first span of its trace which has one; of
 * a list it belongs to each. As everywhere, numbers and what only tells one thing from all others make no groups.
 *
 * @returns the groups, the largest first, and how many there are
 */
export const makeFlowSpans = async (
  query: RunQuery,
  { by, filters }: FlowQuery,
  range: Range,
  limit: number,
): Promise<{ readonly groups: readonly string[]; readonly count: number }> => {
  const conditions = filters.map((filter, at): Sql => {
    const holders = holdersOf(filter, filter.scope === 'self' ? undefined : filter.scope, `flow_${at}`)
    const isNot = filter.isNot ? 'NOT ' : ''
    return { ...holders, text: `${isNot}(trace_no IN (SELECT trace_no FROM (${holders.text})))` }
  })
  const isFiltered = conditions.length > 0
  if (isFiltered) {
    await query(
      `CREATE TEMP TABLE flow_traces AS SELECT trace_no FROM traces WHERE ${conditions.map(({ text }) => text).join(' AND ')}`,
      Object.assign({}, ...conditions.map(({ parameters }) => parameters)),
    )
  }
  // A view: joins with a copy of all spans took several times as long.
  await query(
    `CREATE TEMP VIEW flow_spans AS
     SELECT span_no, trace_no, operation, start_time, end_time, duration_ms, is_error,
       ${isFiltered ? 'trace_no IN (SELECT trace_no FROM flow_traces)' : 'true'} AS is_counted FROM spans`,
  )
  if (by === undefined) return { groups: [], count: 0 }
  await query(NAMED, { by })
  await query(VALUES)
  await query(LARGEST, rangeParameters(range))
  const rows = await query(
    'SELECT value, max(group_no) OVER () AS count FROM flow_largest ORDER BY group_no LIMIT $limit',
    { limit },
  )
  await query(
    `CREATE TEMP TABLE flow_groups AS
     SELECT span_no, group_no FROM flow_values JOIN flow_largest USING (value_no) WHERE group_no <= $limit`,
    { limit },
  )
  return { groups: rows.map((row) => String(row.value)), count: Number(rows[0]?.count ?? 0) }
}

/** Numbers for the values, of several operations together; a hundred thousand texts take twice as long. */
const NAMED = `
  CREATE TEMP TABLE flow_named AS
  SELECT item_no, value, dense_rank() OVER (ORDER BY value)::INTEGER AS value_no
  FROM items WHERE kind = 'value' AND name = $by`

/** Which span of a trace comes first is looked for only where some span of it has no value of its own. */
const VALUES = `
  CREATE TEMP TABLE flow_values AS
  WITH own AS (
    SELECT m.span_no, m.trace_no, value_no FROM marks m JOIN flow_named USING (item_no)
  ), lacking AS (
    SELECT span_no, trace_no FROM flow_spans ANTI JOIN own USING (span_no)
  ), first AS (
    SELECT own.trace_no, arg_min(span_no, start_time) AS span_no
    FROM own SEMI JOIN lacking USING (trace_no) JOIN flow_spans USING (span_no) GROUP BY own.trace_no
  )
  SELECT span_no, value_no FROM own
  UNION ALL
  SELECT lacking.span_no, own.value_no
  FROM lacking JOIN first ON first.trace_no = lacking.trace_no JOIN own ON own.span_no = first.span_no`

export const IN_RANGE = 'end_time >= make_timestamp($from_us::BIGINT) AND end_time < make_timestamp($to_us::BIGINT)'

export const rangeParameters = ({ fromMillis, toMillis }: Range) => ({
  from_us: BigInt(Math.round(fromMillis * 1000)),
  to_us: BigInt(Math.round(toMillis * 1000)),
})

const LARGEST = `
  CREATE TEMP TABLE flow_largest AS
  SELECT value_no, value, row_number() OVER (ORDER BY spans DESC, value)::INTEGER AS group_no FROM (
    SELECT value_no, count(*) AS spans
    FROM flow_values SEMI JOIN (SELECT span_no FROM flow_spans WHERE is_counted AND ${IN_RANGE}) USING (span_no)
    GROUP BY value_no
  ) JOIN (SELECT DISTINCT value_no, value FROM flow_named) USING (value_no)`

/** All rows as group 0, and those of the groups once more; where nothing is divided, none are looked for. */
export const groupedSql = (rows: string, isDivided: boolean): string =>
  `SELECT 0 AS group_no, * FROM ${rows}${
    isDivided ? ` UNION ALL SELECT group_no, ${rows}.* FROM ${rows} JOIN flow_groups USING (span_no)` : ''
  }`
