import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
import { pageAddressOf } from '../page-address.ts'
import { titleOf } from '../title.ts'
import { activityOf } from './activity-of.ts'
import { entriesOf } from './comparable.ts'
import type { RunQuery } from './rows.ts'
import type { SpanRecord } from './span-record.ts'

const TABLES = `
CREATE OR REPLACE TEMP TABLE staged (
  span_no INTEGER, trace_id VARCHAR, span_id VARCHAR, parent_span_id VARCHAR, operation VARCHAR, service VARCHAR,
  title VARCHAR, url VARCHAR, start_us BIGINT, end_us BIGINT, duration_ms DOUBLE, is_error BOOLEAN, result VARCHAR,
  activity_key VARCHAR, episode INTEGER, details VARCHAR
);
CREATE OR REPLACE TEMP TABLE staged_entries (
  span_no INTEGER, operation VARCHAR, kind VARCHAR, name VARCHAR, value VARCHAR, number DOUBLE
);`

/**
 * Puts spans and their attributes into temporary tables of the connection, with the numbers that they are to have. By
 * the appender, which takes rows several times as fast as DuckDB reads them out of JSON.
 */
export const stage = async (
  connection: DuckDBConnection,
  query: RunQuery,
  records: readonly SpanRecord[],
): Promise<void> => {
  await query(TABLES)
  const numbers = await query(`SELECT nextval('span_numbers')::INTEGER AS span_no FROM range($count)`, {
    count: records.length,
  })
  const spans = await connection.createAppender('staged')
  const entries = await connection.createAppender('staged_entries')
  for (const [at, record] of records.entries()) {
    const spanNo = Number(numbers[at]?.span_no)
    appendSpan(spans, spanNo, record)
    appendEntries(entries, spanNo, record)
  }
  for (const appender of [spans, entries]) appender.closeSync()
}

const appendSpan = (to: DuckDBAppender, spanNo: number, record: SpanRecord): void => {
  const { traceId, spanId, parentSpanId, operation, service, startMillis, endMillis, isError, attributes } = record
  const activity = activityOf(record)
  to.appendInteger(spanNo)
  for (const text of [traceId, spanId, parentSpanId, operation, service]) appendText(to, text)
  appendText(to, titleOf({ name: operation, attributes }))
  appendText(to, pageAddressOf(attributes))
  to.appendBigInt(micros(startMillis))
  if (endMillis === undefined) {
    to.appendNull()
    to.appendNull()
  } else {
    to.appendBigInt(micros(endMillis))
    to.appendDouble(Math.max(0, endMillis - startMillis))
  }
  to.appendBoolean(isError)
  appendText(to, resultOf(record))
  appendText(to, activity?.key)
  if (activity === undefined) to.appendNull()
  else to.appendInteger(activity.episode)
  appendText(to, detailsOf(record))
  to.endRow()
}

const appendEntries = (to: DuckDBAppender, spanNo: number, { operation, attributes }: SpanRecord): void => {
  const present = { kind: 'element', name: '*', value: '', number: undefined }
  for (const { kind, name, value, number } of [present, ...entriesOf(attributes)]) {
    to.appendInteger(spanNo)
    for (const text of [operation, kind, name, value]) appendText(to, text)
    if (number === undefined) to.appendNull()
    else to.appendDouble(number)
    to.endRow()
  }
}

const micros = (millis: number): bigint => BigInt(Math.round(millis * 1000))

/** Of another tool's span, only that it failed can be told. */
const resultOf = ({ attributes, isError }: SpanRecord): string | undefined => {
  const result = attributes['valuestream.result'] ?? attributes['cicd.pipeline.result']
  if (typeof result === 'string') return result
  return isError ? 'failure' : undefined
}

const detailsOf = ({ attributes, resource, links, events, message }: SpanRecord): string =>
  JSON.stringify({ attributes, resource, links, events, ...(message === undefined ? {} : { message }) })
    // Halves of surrogate pairs, which JSON.stringify writes as escapes and DuckDB's JSON does not hold, and NUL.
    .replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\\ufffd')

const UNFIT = /[\0\p{Surrogate}]/u

/** DuckDB's text is UTF-8 and ends at a NUL. */
const appendText = (to: DuckDBAppender, text: string | undefined): void => {
  if (text === undefined) to.appendNull()
  else to.appendVarchar(UNFIT.test(text) ? text.replace(new RegExp(UNFIT, 'gu'), '\ufffd') : text)
}
