import { pageAddressOf } from '../page-address.ts'
import { titleOf } from '../title.ts'
import { comparableOf, textOfValue } from './comparable.ts'
import type { SpanRecord } from './span-record.ts'

/** The columns of a staged span, as DuckDB reads them out of JSON. */
export const STAGED_COLUMNS = JSON.stringify([
  {
    trace_id: 'VARCHAR',
    span_id: 'VARCHAR',
    parent_span_id: 'VARCHAR',
    operation: 'VARCHAR',
    service: 'VARCHAR',
    title: 'VARCHAR',
    url: 'VARCHAR',
    start_us: 'BIGINT',
    end_us: 'BIGINT',
    duration_ms: 'DOUBLE',
    is_error: 'BOOLEAN',
    result: 'VARCHAR',
    activity_key: 'VARCHAR',
    episode: 'INTEGER',
    attributes: 'MAP(VARCHAR, VARCHAR)',
    details: 'JSON',
    marks: [['VARCHAR']],
    numbers: 'MAP(VARCHAR, DOUBLE)',
    left_out: ['VARCHAR'],
  },
])

/** Spans as the text that {@link STAGED_COLUMNS} describes. */
export const stagedText = (records: readonly SpanRecord[]): string => clean(JSON.stringify(records.map(staged)))

const staged = (record: SpanRecord) => {
  const { attributes, startMillis, endMillis, resource, links, events, message } = record
  const { values, numbers, leftOut } = comparableOf(attributes)
  return {
    trace_id: record.traceId,
    span_id: record.spanId,
    parent_span_id: record.parentSpanId,
    operation: record.operation,
    service: record.service,
    title: titleOf({ name: record.operation, attributes }),
    url: pageAddressOf(attributes),
    start_us: Math.round(startMillis * 1000),
    end_us: endMillis === undefined ? undefined : Math.round(endMillis * 1000),
    duration_ms: endMillis === undefined ? undefined : Math.max(0, endMillis - startMillis),
    is_error: record.isError,
    result: resultOf(record),
    ...activityOf(record),
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, textOfValue(value)])),
    details: { attributes, resource, links, events, ...(message === undefined ? {} : { message }) },
    marks: values,
    numbers,
    left_out: leftOut,
  }
}

/** Of another tool's span, only that it failed can be told. */
const resultOf = ({ attributes, isError }: SpanRecord): string | undefined => {
  const result = attributes['valuestream.result'] ?? attributes['cicd.pipeline.result']
  if (typeof result === 'string') return result
  return isError ? 'failure' : undefined
}

/** A span of ours may move to another trace when something is corrected; its activity and episode stay. */
export const activityOf = ({
  attributes,
}: Pick<SpanRecord, 'attributes'>): { readonly activity_key?: string; readonly episode?: number } => {
  const [key, episode] = [attributes['valuestream.activity.key'], attributes['valuestream.episode']]
  return typeof key === 'string' &&
    typeof episode === 'number' &&
    Number.isInteger(episode) &&
    Math.abs(episode) < 2 ** 31
    ? { activity_key: key, episode }
    : {}
}

/** DuckDB's JSON holds neither NUL nor half a surrogate pair; JSON.stringify writes both as escapes. */
const clean = (json: string): string => json.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\\ufffd')
