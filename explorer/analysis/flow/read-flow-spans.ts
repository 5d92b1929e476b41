import type { Row, RunQuery } from '../../warehouse/rows.ts'
import { holdersOf } from '../population.ts'
import type { Sql } from '../sql.ts'
import type { Grouped } from './deploys.ts'
import type { FlowQuery } from './flow-query.ts'

/**
 * Makes the temporary table `flow_spans`: of every span its groups, and whether its trace passes the filters. A span
 * belongs to the group that its own attribute names, else to that of the first span of its trace which has one; of a list
 * it belongs to each.
 */
export const makeFlowSpans = async (query: RunQuery, { by, filters }: FlowQuery): Promise<void> => {
  const conditions = filters.map((filter, at): Sql => {
    const holders = holdersOf(filter, filter.scope === 'self' ? undefined : filter.scope, `flow_${at}`)
    const isNot = filter.isNot ? 'NOT ' : ''
    return {
      text: `${isNot}(s.trace_no IN (SELECT trace_no FROM (${holders.text})))`,
      parameters: holders.parameters,
    }
  })
  await query(
    `CREATE TEMP TABLE flow_spans AS
     SELECT s.span_no, s.trace_no, ${by === undefined ? 'CAST([] AS VARCHAR[])' : GROUPS} AS groups,
       ${['true', ...conditions.map(({ text }) => text)].join(' AND ')} AS is_counted
     FROM spans s ${by === undefined ? '' : 'LEFT JOIN of_trace USING (trace_no)'}`.replace(
      'SELECT',
      by === undefined ? 'SELECT' : `${OF_TRACE} SELECT`,
    ),
    { ...(by === undefined ? {} : { by }), ...Object.assign({}, ...conditions.map(({ parameters }) => parameters)) },
  )
}

const OF_TRACE = `WITH of_trace AS (
  SELECT trace_no, arg_min(attributes[$by], start_time) AS value FROM spans WHERE attributes[$by] IS NOT NULL
  GROUP BY trace_no
)`

const OWN = 'coalesce(s.attributes[$by], of_trace.value)'
const GROUPS = `CASE WHEN ${OWN} IS NULL THEN []
  WHEN ${OWN} LIKE '[%' AND json_valid(${OWN}) THEN list_distinct(from_json(${OWN}, '["VARCHAR"]'))
  ELSE [${OWN}] END`

/** The columns `groups` and `is_counted` of a row. */
export const groupedOf = (row: Row): Grouped => ({ groups: textsOf(row.groups), isCounted: row.is_counted === true })

export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []
