import type { RunQuery } from '../../warehouse/rows.ts'
import { holdersOf } from '../population.ts'
import type { Sql } from '../sql.ts'
import type { FlowQuery } from './flow-query.ts'
import type { Range } from './interval.ts'

/**
 * Makes the temporary tables that the flow is read from: `flow_spans`, which says of every span whether its trace passes
 * the filters, and `flow_groups`, which says of the largest groups which spans belong to them, by a number from 1.
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
  await query(
    `CREATE TEMP TABLE flow_spans AS
     SELECT span_no, ${['true', ...conditions.map(({ text }) => text)].join(' AND ')} AS is_counted FROM spans`,
    Object.assign({}, ...conditions.map(({ parameters }) => parameters)),
  )
  if (by === undefined) {
    await query('CREATE TEMP TABLE flow_groups (span_no INTEGER, group_no INTEGER)')
    return { groups: [], count: 0 }
  }
  await query(VALUES, { by })
  const rows = await query(LARGEST, rangeParameters(range))
  const groups = rows.slice(0, limit).map((row) => String(row.value))
  await query(
    `CREATE TEMP TABLE flow_groups AS SELECT DISTINCT span_no, list_position(from_json($groups, '["VARCHAR"]'), value) AS group_no
     FROM flow_values WHERE value IN (SELECT unnest(from_json($groups, '["VARCHAR"]')))`,
    { groups: JSON.stringify(groups) },
  )
  return { groups, count: rows.length }
}

const VALUES = `
  CREATE TEMP TABLE flow_values AS
  WITH own AS (
    SELECT m.span_no, m.trace_no, i.value FROM marks m JOIN items i USING (item_no)
    WHERE i.kind = 'value' AND i.name = $by
  ), first AS (
    SELECT o.trace_no, arg_min(o.span_no, s.start_time) AS span_no
    FROM (SELECT DISTINCT span_no, trace_no FROM own) o JOIN spans s USING (span_no) GROUP BY o.trace_no
  )
  SELECT span_no, value FROM own
  UNION ALL
  SELECT s.span_no, own.value
  FROM (SELECT span_no, trace_no FROM spans WHERE span_no NOT IN (SELECT span_no FROM own)) s
  JOIN first ON first.trace_no = s.trace_no JOIN own ON own.span_no = first.span_no`

export const IN_RANGE = 's.end_time >= make_timestamp($from_us::BIGINT) AND s.end_time < make_timestamp($to_us::BIGINT)'

export const rangeParameters = ({ fromMillis, toMillis }: Range) => ({
  from_us: BigInt(Math.round(fromMillis * 1000)),
  to_us: BigInt(Math.round(toMillis * 1000)),
})

const LARGEST = `
  SELECT value, count(*) AS spans FROM flow_values JOIN spans s USING (span_no) JOIN flow_spans f USING (span_no)
  WHERE f.is_counted AND ${IN_RANGE} GROUP BY value ORDER BY spans DESC, value`
