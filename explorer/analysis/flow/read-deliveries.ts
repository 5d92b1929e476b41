import type { RunQuery } from '../../warehouse/rows.ts'
import type { Deploy, Incident } from './deploys.ts'
import type { Change } from './lead-times.ts'
import { groupedOf, textsOf } from './read-flow-spans.ts'

const LINKS = `from_json(details->'links', '[{"spanId": "VARCHAR", "attributes": {"valuestream.link.reason": "VARCHAR"}}]')`

/**
 * To production goes what says so, and, as it is with what a deploy carries, what names no environment at all. Reads
 * `flow_spans`.
 */
export const readDeploys = async (query: RunQuery): Promise<readonly Deploy[]> => {
  const rows = await query(`
    WITH RECURSIVE deploys AS (
      SELECT span_no, trace_no, span_id, parent_span_id, start_time, end_time, is_error,
        coalesce(attributes['deployment.rollback'] = 'true', false) AS is_rollback,
        concat_ws(' ', coalesce(attributes['vcs.repository.url.full'],
          attributes['vcs.owner.name'] || '/' || attributes['vcs.repository.name'], attributes['cicd.pipeline.name'], ''),
          attributes['deployment.environment.name']) AS place,
        list_transform(list_filter(${LINKS}, l -> l.attributes."valuestream.link.reason" = 'carried'), l -> l.spanId)
          AS carried
      FROM spans
      WHERE operation = 'deploy' AND end_time IS NOT NULL AND (is_error OR result IS NULL OR result = 'success')
        AND coalesce(attributes['deployment.production'] = 'true', attributes['deployment.environment.name'] IS NULL)
    ), above AS (
      SELECT d.span_no AS deploy_no, d.trace_no, d.parent_span_id AS span_id, 1 AS height FROM deploys d
      WHERE d.parent_span_id IS NOT NULL
      UNION ALL
      SELECT a.deploy_no, a.trace_no, s.parent_span_id, a.height + 1 FROM above a
      JOIN spans s ON s.trace_no = a.trace_no AND s.span_id = a.span_id
      WHERE s.operation <> 'pull_request' AND s.parent_span_id IS NOT NULL AND a.height < 8
    ), of_pull_request AS (
      SELECT a.deploy_no, any_value(a.span_id) AS span_id FROM above a
      JOIN spans s ON s.trace_no = a.trace_no AND s.span_id = a.span_id AND s.operation = 'pull_request'
      GROUP BY a.deploy_no
    )
    SELECT d.span_id, d.start_time, d.end_time, d.is_error, d.is_rollback, d.place, f.groups, f.is_counted,
      list_concat(d.carried, CASE WHEN p.span_id IS NULL THEN [] ELSE [p.span_id] END) AS changes
    FROM deploys d JOIN flow_spans f ON f.span_no = d.span_no LEFT JOIN of_pull_request p ON p.deploy_no = d.span_no`)
  return rows.map((row) => ({
    spanId: String(row.span_id),
    place: String(row.place),
    startMillis: Number(row.start_time),
    endMillis: Number(row.end_time),
    isError: row.is_error === true,
    isRollback: row.is_rollback === true,
    changes: textsOf(row.changes),
    ...groupedOf(row),
  }))
}

/** Reads `flow_spans`. */
export const readChanges = async (query: RunQuery): Promise<readonly Change[]> => {
  const rows = await query(`
    SELECT s.span_id, coalesce(s.activity_key, s.span_id) AS key, f.groups, f.is_counted,
      min(s.start_time) OVER (PARTITION BY coalesce(s.activity_key, s.span_id)) AS start_time
    FROM spans s JOIN flow_spans f USING (span_no) WHERE s.operation = 'pull_request'`)
  return rows.map((row) => ({
    spanId: String(row.span_id),
    key: String(row.key),
    startMillis: Number(row.start_time),
    ...groupedOf(row),
  }))
}

/** Reads `flow_spans`. */
export const readIncidents = async (query: RunQuery): Promise<readonly Incident[]> => {
  const rows = await query(`
    SELECT s.start_time, s.end_time, f.groups, f.is_counted,
      list_append(list_transform(${LINKS}, l -> l.spanId), s.parent_span_id) AS causes
    FROM spans s JOIN flow_spans f USING (span_no) WHERE s.operation = 'incident'`)
  return rows.map((row) => ({
    startMillis: Number(row.start_time),
    ...(typeof row.end_time === 'number' ? { endMillis: row.end_time } : {}),
    causes: textsOf(row.causes),
    ...groupedOf(row),
  }))
}
