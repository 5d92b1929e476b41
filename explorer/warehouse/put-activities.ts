import type { DuckDBConnection } from '@duckdb/node-api'
import { LIST, listValue, VARCHAR } from '@duckdb/node-api'
import { activityOf } from './activity-of.ts'
import { putSpans } from './put-spans.ts'
import { queryOn } from './rows.ts'
import type { SpanRecord } from './span-record.ts'

/** All that the table knows of an activity in one version: a span for each of its episodes. */
export interface ActivityRecords {
  readonly key: string
  readonly version: number
  readonly records: readonly SpanRecord[]
}

/**
 * Writes activities in the transaction that is open on the connection, and notes their versions. An episode that the
 * table knew before and knows no more is taken away.
 */
export const putActivities = async (
  connection: DuckDBConnection,
  activities: readonly ActivityRecords[],
): Promise<void> => {
  if (activities.length === 0) return
  await putSpans(
    connection,
    activities.flatMap(({ records }) => records),
  )
  const query = queryOn(connection)
  const episodes = activities.flatMap(({ key, records }) =>
    records.map((record) => `${activityOf(record)?.episode} ${key}`),
  )
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE put_activities AS
       SELECT unnest($keys) AS activity_key, unnest($versions)::INTEGER AS version`,
    {
      keys: listValue(activities.map(({ key }) => key)),
      versions: listValue(activities.map(({ version }) => String(version))),
    },
    { keys: LIST(VARCHAR), versions: LIST(VARCHAR) },
  )
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE put_episodes AS SELECT unnest($episodes) AS episode',
    { episodes: listValue(episodes) },
    { episodes: LIST(VARCHAR) },
  )
  await query(FORGET)
}

const FORGET = `
CREATE OR REPLACE TEMP TABLE gone AS
  SELECT span_no, trace_no FROM spans SEMI JOIN put_activities USING (activity_key)
  WHERE is_stored AND episode || ' ' || activity_key NOT IN (SELECT episode FROM put_episodes);
INSERT INTO stale_traces SELECT DISTINCT trace_no FROM gone;
DELETE FROM spans WHERE span_no IN (SELECT span_no FROM gone);
DELETE FROM marks WHERE span_no IN (SELECT span_no FROM gone);
DELETE FROM numbers WHERE span_no IN (SELECT span_no FROM gone);
DELETE FROM activities WHERE activity_key IN (SELECT activity_key FROM put_activities);
INSERT INTO activities SELECT activity_key, version FROM put_activities;`
