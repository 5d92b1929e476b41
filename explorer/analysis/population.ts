import type { Filter, Query } from '../query.ts'
import type { Parameters } from '../warehouse/rows.ts'
import type { Sql } from './sql.ts'

interface PopulationOptions {
  /** Whether what is under way belongs to it, too. */
  readonly withOpen?: boolean
}

/**
 * The spans that a query is about, as a common table expression to be put behind `WITH`:
 * `population AS (…)` with the columns `span_no`, `trace_no`, `duration_ms`, `is_error`, `start_time` and `end_time`.
 * What else is wanted of a span is joined from `spans` by `span_no`. Its parameters all begin with `population_`.
 */
export const populationSql = (
  { operation, fromMillis, toMillis, filters }: Pick<Query, 'operation' | 'fromMillis' | 'toMillis' | 'filters'>,
  { withOpen = false }: PopulationOptions = {},
): Sql => {
  const conditions = filters.map((filter, at) => conditionOf(filter, operation, `population_${at}`))
  const moment = withOpen ? 'coalesce(end_time, start_time)' : 'end_time'
  const text = `population AS (
  SELECT span_no, trace_no, duration_ms, is_error, start_time, end_time FROM spans s
  WHERE operation = $population_operation
    ${withOpen ? '' : 'AND end_time IS NOT NULL'}
    ${fromMillis === undefined ? '' : `AND ${moment} >= epoch_ms($population_from::BIGINT)`}
    ${toMillis === undefined ? '' : `AND ${moment} < epoch_ms($population_to::BIGINT)`}
    ${conditions.map((condition) => `AND ${condition.text}`).join('\n    ')}
)`
  return {
    text,
    parameters: {
      population_operation: operation,
      ...(fromMillis === undefined ? {} : { population_from: BigInt(Math.round(fromMillis)) }),
      ...(toMillis === undefined ? {} : { population_to: BigInt(Math.round(toMillis)) }),
      ...Object.assign({}, ...conditions.map(({ parameters }) => parameters)),
    },
  }
}

const conditionOf = (filter: Filter, operation: string, prefix: string): Sql => {
  const { scope, isNot } = filter
  const holders = holdersOf(filter, scope === 'self' ? operation : scope, prefix)
  const text =
    scope === 'self'
      ? `s.span_no IN (SELECT span_no FROM (${holders.text}))`
      : scope === operation
        ? // Of the same operation another span has to have it, not the span itself.
          `EXISTS (SELECT 1 FROM (${holders.text}) h WHERE h.trace_no = s.trace_no AND h.span_no <> s.span_no)`
        : `s.trace_no IN (SELECT trace_no FROM (${holders.text}))`
  return { text: `${isNot ? 'NOT ' : ''}(${text})`, parameters: holders.parameters }
}

/** `span_no` and `trace_no` of the spans of an operation, or of any, that have what a filter names. */
export const holdersOf = (
  { name, value }: Pick<Filter, 'name' | 'value'>,
  operation: string | undefined,
  prefix: string,
): Sql => {
  const has = value === undefined ? '' : `AND i.value = $${prefix}_value`
  const number = value === undefined || value.trim() === '' ? undefined : Number(value)
  const equals = value === undefined ? '' : Number.isFinite(number) ? `AND n.value = $${prefix}_number` : 'AND false'
  const isText =
    value === undefined ? `attributes[$${prefix}_name] IS NOT NULL` : `attributes[$${prefix}_name] = $${prefix}_value`
  const parameters: Parameters = {
    ...(operation === undefined ? {} : { [`${prefix}_operation`]: operation }),
    [`${prefix}_name`]: name,
    ...(value === undefined ? {} : { [`${prefix}_value`]: value }),
    ...(equals.includes('$') && number !== undefined ? { [`${prefix}_number`]: number } : {}),
  }
  const ofOperation = (of: string) => (operation === undefined ? '' : ` AND ${of}operation = $${prefix}_operation`)
  const item = `i.name = $${prefix}_name${ofOperation('i.')}`
  const text = `
      SELECT m.span_no, m.trace_no FROM marks m JOIN items i USING (item_no) WHERE i.kind = 'value' AND ${item} ${has}
      UNION ALL
      SELECT n.span_no, n.trace_no FROM numbers n JOIN items i USING (item_no) WHERE i.kind = 'number' AND ${item} ${equals}
      UNION ALL
      SELECT span_no, trace_no FROM spans
      WHERE ${isText}${ofOperation('')}
        AND EXISTS (SELECT 1 FROM items i WHERE i.kind = 'left_out' AND ${item})`
  return { text, parameters }
}
