import type { Schema } from '../api/ask.ts'

/** Questions to begin with; all of them run on an empty database too. */
export const EXAMPLES: Schema['examples'] = [
  {
    title: 'Issues by the way they were deployed',
    sql: `SELECT deploy.value AS deploy_type,
       count(DISTINCT issue.span_id) AS issues,
       round(median(issue.duration_ms) / 3600000, 1) AS median_hours
FROM spans issue
JOIN attributes deploy ON deploy.trace_id = issue.trace_id
  AND deploy.operation = 'deploy' AND deploy.name = 'build.parameter.deploy_type'
WHERE issue.operation = 'issue' AND issue.end_time IS NOT NULL
GROUP BY deploy_type
ORDER BY median_hours DESC`,
  },
  {
    title: 'Failed deploys, a week',
    sql: `SELECT date_trunc('week', end_time) AS week,
       count(*) AS deploys,
       count(*) FILTER (is_error) AS failed,
       round(100 * count(*) FILTER (is_error) / count(*), 1) AS failed_percent
FROM spans
WHERE operation = 'deploy' AND end_time IS NOT NULL
GROUP BY week
ORDER BY week`,
  },
  {
    title: 'The slowest pull requests',
    sql: `SELECT title, round(duration_ms / 3600000, 1) AS hours, url
FROM spans
WHERE operation = 'pull_request' AND end_time IS NOT NULL
ORDER BY duration_ms DESC
LIMIT 20`,
  },
  {
    title: 'What is under way, the oldest first',
    sql: `SELECT operation, title, start_time, date_diff('day', start_time, now()::TIMESTAMP) AS days, url
FROM spans
WHERE end_time IS NULL
ORDER BY start_time
LIMIT 50`,
  },
  {
    title: 'Builds by job: how many, how long, how often failed',
    sql: `SELECT attributes['cicd.pipeline.name'] AS job,
       count(*) AS builds,
       round(median(duration_ms) / 60000, 1) AS median_minutes,
       round(100 * avg(is_error::INTEGER), 1) AS failed_percent
FROM spans
WHERE operation = 'build' AND end_time IS NOT NULL
GROUP BY job
ORDER BY builds DESC
LIMIT 50`,
  },
  {
    title: 'Which attributes there are',
    sql: `SELECT operation, name, count(DISTINCT value) AS "values", min(value) AS example
FROM attributes
GROUP BY operation, name
ORDER BY operation, name`,
  },
]
