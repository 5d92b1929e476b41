import type { RunQuery } from './rows.ts'
import type { SpanRecord } from './span-record.ts'
import { activityOf, STAGED_COLUMNS, stagedText } from './staged-span.ts'

/** As many as are staged at a time, so that memory does not grow with what is put. */
const BATCH = 2000

/** Writes spans in the transaction that is open on the connection. */
export const putSpans = async (query: RunQuery, records: readonly SpanRecord[]): Promise<void> => {
  // What the table holds counts for more, so it comes first.
  for (const origin of ['stored', 'received'] as const) {
    const rows = lastOfEach(records.filter((record) => record.origin === origin))
    for (let from = 0; from < rows.length; from += BATCH) {
      await stage(query, rows.slice(from, from + BATCH))
      for (const statement of origin === 'stored' ? STORE : [KEEP_STORED, ...STORE])
        await query(flagged(statement, origin))
      for (const statement of INSERT) await query(flagged(statement, origin))
    }
  }
}

/** Of what is the same span, the last. */
const lastOfEach = (records: readonly SpanRecord[]): readonly SpanRecord[] => {
  const byIds = new Map(records.map((record) => [`${record.traceId} ${record.spanId}`, record]))
  const byActivity = new Map(
    [...byIds.values()].map((record) => {
      const { activity_key: key, episode } = activityOf(record)
      return [key === undefined ? `${record.traceId} ${record.spanId}` : `${episode} ${key}`, record] as const
    }),
  )
  return [...byActivity.values()]
}

const stage = async (query: RunQuery, records: readonly SpanRecord[]): Promise<void> => {
  await query(
    `CREATE OR REPLACE TEMP TABLE staged AS
     SELECT nextval('span_numbers')::INTEGER AS span_no, span.*
     FROM (SELECT unnest(from_json($spans, '${STAGED_COLUMNS}')) AS span)`,
    { spans: stagedText(records) },
  )
  await query(
    `CREATE OR REPLACE TEMP TABLE replaced AS
     SELECT staged.span_no AS by_no, old.span_no, old.trace_no, old.is_stored, old.is_received,
       old.end_time IS NULL AND staged.end_us IS NOT NULL AS is_ended
     FROM staged JOIN spans old ON old.trace_id = staged.trace_id AND old.span_id = staged.span_id
     UNION
     SELECT staged.span_no, old.span_no, old.trace_no, old.is_stored, old.is_received,
       old.end_time IS NULL AND staged.end_us IS NOT NULL
     FROM staged JOIN spans old ON old.activity_key = staged.activity_key AND old.episode = staged.episode`,
  )
}

const flagged = (statement: string, origin: SpanRecord['origin']): string =>
  statement
    .replaceAll('$is_stored', String(origin === 'stored'))
    .replaceAll('$is_received', String(origin === 'received'))

/**
 * What comes over OTLP only notes that it has come where the table's row is there, unless that one is still open: the
 * end is exported a moment before it is read.
 */
const KEEP_STORED = `
  UPDATE spans SET is_received = true WHERE span_no IN (SELECT span_no FROM replaced WHERE is_stored AND NOT is_ended);
  DELETE FROM staged WHERE span_no IN (SELECT by_no FROM replaced WHERE is_stored AND NOT is_ended);
  DELETE FROM replaced WHERE by_no NOT IN (SELECT span_no FROM staged);`

const STORE = [
  `INSERT INTO traces
     SELECT nextval('trace_numbers')::INTEGER, trace_id
     FROM (SELECT DISTINCT trace_id FROM staged) ANTI JOIN traces USING (trace_id)`,
  `INSERT INTO stale_traces
     SELECT DISTINCT trace_no FROM replaced
     UNION SELECT DISTINCT trace_no FROM traces SEMI JOIN staged USING (trace_id)`,
  'DELETE FROM spans WHERE span_no IN (SELECT span_no FROM replaced)',
  'DELETE FROM marks WHERE span_no IN (SELECT span_no FROM replaced)',
  'DELETE FROM numbers WHERE span_no IN (SELECT span_no FROM replaced)',
]

const INSERT = [
  `INSERT INTO spans
     SELECT staged.span_no, trace_no, trace_id, span_id, parent_span_id, operation, service, title, url,
       make_timestamp(start_us), make_timestamp(end_us), duration_ms, is_error, result, activity_key, episode,
       $is_stored OR coalesce(was_stored, false), $is_received OR coalesce(was_received, false), attributes, details
     FROM staged
     JOIN traces USING (trace_id)
     LEFT JOIN (
       SELECT by_no, bool_or(is_stored) AS was_stored, bool_or(is_received) AS was_received FROM replaced GROUP BY by_no
     ) before ON before.by_no = staged.span_no`,
  `CREATE OR REPLACE TEMP TABLE staged_items AS
     SELECT span_no, trace_no, operation, 'value' AS kind, mark[1] AS name, mark[2] AS value, NULL::DOUBLE AS number
     FROM (SELECT span_no, trace_id, operation, unnest(marks) AS mark FROM staged) JOIN traces USING (trace_id)
     UNION ALL
     SELECT span_no, trace_no, operation, 'value', '*', '', NULL FROM staged JOIN traces USING (trace_id)
     UNION ALL
     SELECT span_no, trace_no, operation, 'number', name, '', number
     FROM (SELECT span_no, trace_id, operation, unnest(map_keys(numbers)) AS name, unnest(map_values(numbers)) AS number
           FROM staged) JOIN traces USING (trace_id)
     UNION ALL
     SELECT DISTINCT 0, 0, operation, 'left_out', unnest(left_out), '', NULL FROM staged`,
  `INSERT INTO items
     SELECT nextval('item_numbers')::INTEGER, kind, operation, name, value
     FROM (SELECT DISTINCT kind, operation, name, value FROM staged_items)
     ANTI JOIN items USING (kind, operation, name, value)`,
  `INSERT INTO marks
     SELECT span_no, trace_no, item_no FROM staged_items JOIN items USING (kind, operation, name, value)
     WHERE kind = 'value'`,
  `INSERT INTO numbers
     SELECT span_no, trace_no, item_no, number FROM staged_items JOIN items USING (kind, operation, name, value)
     WHERE kind = 'number'`,
]
