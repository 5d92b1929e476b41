import type { DuckDBConnection } from '@duckdb/node-api'
import { activityOf } from './activity-of.ts'
import { queryOn, type RunQuery } from './rows.ts'
import type { SpanRecord } from './span-record.ts'
import { stage } from './stage.ts'

/** As many as are staged at a time, so that memory does not grow with what is put. */
const BATCH = 5000

/** Writes spans in the transaction that is open on the connection. */
export const putSpans = async (connection: DuckDBConnection, records: readonly SpanRecord[]): Promise<void> => {
  const query = queryOn(connection)
  // What the table holds counts for more, so it comes first.
  for (const origin of ['stored', 'received'] as const) {
    const rows = lastOfEach(records.filter((record) => record.origin === origin))
    for (let from = 0; from < rows.length; from += BATCH) {
      await stage(connection, query, rows.slice(from, from + BATCH))
      await merge(query, origin)
    }
  }
}

/** Of what is the same span, the last. */
const lastOfEach = (records: readonly SpanRecord[]): readonly SpanRecord[] => {
  const byIds = new Map(records.map((record) => [`${record.traceId} ${record.spanId}`, record]))
  const byActivity = new Map([...byIds].map(([ids, record]) => [activityName(record) ?? ids, record]))
  return [...byActivity.values()]
}

const activityName = (record: SpanRecord): string | undefined => {
  const activity = activityOf(record)
  return activity && `${activity.episode} ${activity.key}`
}

const merge = async (query: RunQuery, origin: SpanRecord['origin']): Promise<void> => {
  await query(REPLACED)
  const [replaced] = await query('SELECT count(*) AS spans, count_if(is_stored) AS stored FROM replaced')
  // Most spans are new, and a statement costs a millisecond although it finds nothing.
  const isAny = Number(replaced?.spans) > 0
  if (origin === 'received' && Number(replaced?.stored) > 0) await query(KEEP_STORED)
  await query(NOTE_TRACES)
  if (isAny) await query(REMOVE)
  await query(
    INSERT_SPANS.replace('$is_stored', String(origin === 'stored')).replace(
      '$is_received',
      String(origin === 'received'),
    ),
  )
  await query(INSERT_ITEMS)
}

/** By two joins, not by one with OR, which DuckDB would compare row by row. */
const REPLACED = `
CREATE OR REPLACE TEMP TABLE replaced AS
  SELECT staged.span_no AS by_no, old.span_no, old.trace_no, old.is_stored, old.is_received,
    old.end_time IS NULL AND end_us IS NOT NULL AS is_ended
  FROM staged JOIN spans old ON old.trace_id = staged.trace_id AND old.span_id = staged.span_id
  UNION
  SELECT staged.span_no, old.span_no, old.trace_no, old.is_stored, old.is_received,
    old.end_time IS NULL AND end_us IS NOT NULL
  FROM staged JOIN spans old ON old.activity_key = staged.activity_key AND old.episode = staged.episode`

/**
 * What comes over OTLP only notes that it has come where the table's row is there, unless that one is still open: the
 * end is exported a moment before it is read.
 */
const KEEP_STORED = `
UPDATE spans SET is_received = true WHERE span_no IN (SELECT span_no FROM replaced WHERE is_stored AND NOT is_ended);
DELETE FROM staged WHERE span_no IN (SELECT by_no FROM replaced WHERE is_stored AND NOT is_ended);
DELETE FROM replaced WHERE by_no NOT IN (SELECT span_no FROM staged);
DELETE FROM staged_entries WHERE span_no NOT IN (SELECT span_no FROM staged);`

const NOTE_TRACES = `
INSERT INTO traces
  SELECT nextval('trace_numbers')::INTEGER, trace_id
  FROM (SELECT DISTINCT trace_id FROM staged) ANTI JOIN traces USING (trace_id);
INSERT INTO stale_traces
  SELECT trace_no FROM replaced UNION SELECT trace_no FROM traces SEMI JOIN staged USING (trace_id);`

const REMOVE = `
DELETE FROM spans WHERE span_no IN (SELECT span_no FROM replaced);
DELETE FROM marks WHERE span_no IN (SELECT span_no FROM replaced);
DELETE FROM numbers WHERE span_no IN (SELECT span_no FROM replaced);`

const INSERT_SPANS = `
INSERT INTO spans
  SELECT span_no, trace_no, trace_id, span_id, parent_span_id, operation, service, title, url,
    make_timestamp(start_us), make_timestamp(end_us), duration_ms, is_error, result, activity_key, episode,
    $is_stored OR coalesce(was_stored, false), $is_received OR coalesce(was_received, false),
    coalesce(attributes, MAP {}), details
  FROM staged
  JOIN traces USING (trace_id)
  LEFT JOIN (
    SELECT by_no AS span_no, bool_or(is_stored) AS was_stored, bool_or(is_received) AS was_received
    FROM replaced GROUP BY by_no
  ) USING (span_no)
  LEFT JOIN (
    SELECT span_no, map(list(name), list(value)) AS attributes FROM staged_entries WHERE kind <> 'element' GROUP BY span_no
  ) USING (span_no)`

const INSERT_ITEMS = `
CREATE OR REPLACE TEMP TABLE staged_items AS
  SELECT span_no, operation, name, number,
    CASE kind WHEN 'element' THEN 'value' ELSE kind END AS kind,
    CASE WHEN kind IN ('value', 'element') THEN value ELSE '' END AS value
  FROM staged_entries;
INSERT INTO items
  SELECT nextval('item_numbers')::INTEGER, kind, operation, name, value
  FROM (SELECT DISTINCT kind, operation, name, value FROM staged_items)
  ANTI JOIN items USING (kind, operation, name, value);
INSERT INTO marks
  SELECT span_no, trace_no, item_no
  FROM staged_items JOIN items USING (kind, operation, name, value)
  JOIN (SELECT span_no, trace_no FROM staged JOIN traces USING (trace_id)) USING (span_no)
  WHERE kind = 'value';
INSERT INTO numbers
  SELECT span_no, trace_no, item_no, number
  FROM staged_items JOIN items USING (kind, operation, name, value)
  JOIN (SELECT span_no, trace_no FROM staged JOIN traces USING (trace_id)) USING (span_no)
  WHERE kind = 'number';`
