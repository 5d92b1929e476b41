const STALE = 'trace_no IN (SELECT trace_no FROM stale_traces)'

const TOLD = [
  'deployment.production',
  'deployment.rollback',
  'deployment.environment.name',
  'vcs.owner.name',
  'vcs.repository.name',
  'cicd.pipeline.name',
]

/**
 * To production goes what says so, and, as it is with what a deploy carries, what names no environment at all; what was
 * cancelled or skipped has put nothing there.
 */
const DEPLOYS = `
DELETE FROM deploys WHERE ${STALE};
INSERT INTO deploys
  WITH told AS (
    SELECT m.span_no, ${TOLD.map((name) => `max(i.value) FILTER (i.name = '${name}') AS "${name}"`).join(', ')}
    FROM marks m JOIN items i USING (item_no)
    WHERE m.${STALE} AND i.kind = 'value' AND i.operation = 'deploy'
      AND i.name IN (${TOLD.map((name) => `'${name}'`).join(', ')})
    GROUP BY m.span_no
  )
  SELECT s.span_no, s.trace_no,
    concat_ws(' ', coalesce(t."vcs.owner.name" || '/' || t."vcs.repository.name", t."cicd.pipeline.name", ''),
      t."deployment.environment.name"),
    coalesce(t."deployment.rollback" = 'true', false)
  FROM spans s LEFT JOIN told t USING (span_no)
  WHERE s.${STALE} AND s.operation = 'deploy' AND s.end_time IS NOT NULL
    AND (s.is_error OR s.result IS NULL OR s.result = 'success')
    AND coalesce(t."deployment.production" = 'true', t."deployment.environment.name" IS NULL);`

/** How far above a deploy its pull request is looked for. */
const HEIGHTS = [2, 3, 4]

/** Of each deploy, the nearest pull request that it hangs from. */
const BROUGHT = `
DELETE FROM brought WHERE ${STALE};
INSERT INTO brought
  WITH runs AS (
    SELECT span_no, trace_no, span_id, operation,
      CASE WHEN operation <> 'pull_request' THEN parent_span_id END AS above_id
    FROM spans WHERE ${STALE} AND operation IN ('build', 'deploy', 'pull_request')
  ), above AS (
    SELECT d.span_no AS deploy_no, d.trace_no,
      ${[1, ...HEIGHTS].map((height) => `CASE WHEN a${height}.operation = 'pull_request' THEN a${height}.span_no END AS no_${height}`).join(', ')}
    FROM deploys JOIN runs d USING (span_no) JOIN runs a1 ON a1.trace_no = d.trace_no AND a1.span_id = d.above_id
    ${HEIGHTS.map((height) => `LEFT JOIN runs a${height} ON a${height}.trace_no = d.trace_no AND a${height}.span_id = a${height - 1}.above_id`).join('\n    ')}
  )
  SELECT deploy_no, trace_no, coalesce(no_1, ${HEIGHTS.map((height) => `no_${height}`).join(', ')}) AS change_no
  FROM above WHERE change_no IS NOT NULL;`

const LINKS = `
DELETE FROM links WHERE ${STALE};
INSERT INTO links
  SELECT span_no, trace_no, link."spanId", link.attributes."valuestream.link.reason" FROM (
    SELECT span_no, trace_no, unnest(from_json(details->'links',
      '[{"spanId": "VARCHAR", "attributes": {"valuestream.link.reason": "VARCHAR"}}]')) AS link
    FROM spans WHERE ${STALE} AND operation IN ('deploy', 'incident')
  ) WHERE link."spanId" IS NOT NULL;`

/** Makes `deploys`, `brought` and `links` of the traces in `stale_traces` anew; several statements. */
export const INDEX_DELIVERIES = `${DEPLOYS}${BROUGHT}${LINKS}`
