/**
 * DORA's lead time for changes, from the first sign of a change to its being in production: of each pull request, from
 * the start of its first opening to the end of the first deploy to production that brought it and succeeded. A rollback
 * brings nothing. A deploy brings what it links to as carried, and the pull request that it hangs from.
 *
 * A row for each pull request that is there: the opening that was brought, its first start, and when it was there.
 *
 * Source: dora.dev/guides/dora-metrics, "change lead time"
 */
export const LEAD_TIMES = `
  WITH openings AS (
    SELECT span_no, span_id, coalesce(activity_key, span_id) AS key, start_time FROM spans
    WHERE operation = 'pull_request'
  ), firsts AS (
    SELECT key, min(start_time) AS first_start FROM openings GROUP BY key
  ), changes AS (
    SELECT span_no, span_id, key, first_start FROM openings JOIN firsts USING (key)
  ), bringing AS (
    SELECT d.span_no AS deploy_no, s.end_time FROM deploys d JOIN spans s USING (span_no)
    WHERE NOT s.is_error AND NOT d.is_rollback
  ), carried AS (
    SELECT c.span_no, key, first_start, end_time
    FROM bringing JOIN brought USING (deploy_no) JOIN changes c ON c.span_no = change_no
    UNION ALL
    SELECT c.span_no, key, first_start, end_time
    FROM bringing JOIN links l ON l.span_no = deploy_no AND l.reason = 'carried' JOIN changes c ON c.span_id = l.span_id
  ), there AS (
    SELECT key, min(end_time) AS there_time FROM carried WHERE first_start <= end_time GROUP BY key
  )
  SELECT min(span_no) AS span_no, any_value(first_start) AS first_start, there_time
  FROM carried JOIN there ON there.key = carried.key AND there_time = end_time GROUP BY carried.key, there_time`
