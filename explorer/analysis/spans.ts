import type { SpanRow, Spans } from '../api/spans.ts'
import type { Query } from '../query.ts'
import type { Row } from '../warehouse/rows.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { populationSql } from './population.ts'
import { selectionSql } from './selection.ts'

export interface SpansPage {
  readonly sort: 'duration' | 'start'
  readonly order: 'asc' | 'desc'
  readonly limit: number
  readonly offset: number
  /** The selected spans alone; else all, also those that are under way. */
  readonly isSelectedOnly: boolean
}

/** Spans of the population, a page of them. Those without a duration come last. */
export const spans = async (warehouse: Warehouse, asked: Query, page: SpansPage): Promise<Spans> => {
  await warehouse.index()
  const { text, parameters } = page.isSelectedOnly ? selectionSql(asked) : populationSql(asked, { withOpen: true })
  const from = page.isSelectedOnly ? '(SELECT * FROM flagged WHERE is_selected)' : 'population'
  const sort = `${page.sort === 'duration' ? 'duration_ms' : 'start_time'} ${page.order === 'asc' ? 'ASC' : 'DESC'} NULLS LAST, span_no`
  const rows = await warehouse.query(
    `WITH ${text},
     page AS (
       SELECT span_no, count(*) OVER () AS total, row_number() OVER (ORDER BY ${sort}) AS place FROM ${from}
       QUALIFY place > $page_offset AND place <= $page_offset + $page_limit
     )
     SELECT ${SPAN_ROW}, total FROM page JOIN spans USING (span_no) ORDER BY place`,
    { ...parameters, page_offset: page.offset, page_limit: page.limit },
  )
  if (rows.length > 0) return { spans: rows.map(spanRowOf), total: Number(rows[0]?.total) }
  const [all] = await warehouse.query(`WITH ${text} SELECT count(*) AS total FROM ${from}`, parameters)
  return { spans: [], total: Number(all?.total) }
}

/** The columns that {@link spanRowOf} reads. */
export const SPAN_ROW =
  'trace_id, span_id, operation, title, epoch_us(start_time) / 1000 AS start_ms, duration_ms, is_error, result'

export const spanRowOf = (row: Row): SpanRow => ({
  traceId: String(row.trace_id),
  spanId: String(row.span_id),
  operation: String(row.operation),
  title: String(row.title),
  startMillis: Number(row.start_ms),
  ...(row.duration_ms === null ? {} : { durationMillis: Number(row.duration_ms) }),
  isError: row.is_error === true,
  ...(row.result === null ? {} : { result: String(row.result) }),
})
