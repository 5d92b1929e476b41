import type { Interval } from '../../explorer/analysis/flow/interval.ts'

export interface PullRequestsQuery {
  readonly interval: Interval
  /** `owner/name`; all of them otherwise. */
  readonly repository?: string
  /** A date or a time, which `Date.parse` takes. */
  readonly fromMillis?: number
  readonly toMillis?: number
}

/**
 * One row an interval, from the first that has a pull request to the last, all in SQL, so that a running explorer answers
 * it as the file does. A pull request counts when it was closed last, with the duration of its last episode; running
 * percentiles are over all up to the end of the interval. What is not known of a pull request, such as its lines, leaves
 * it out of the figures that need it. Figures have four decimals.
 */
export const pullRequestsSql = ({ interval, repository, fromMillis, toMillis }: PullRequestsQuery): string => `
WITH closed AS (
  SELECT activity_key, end_time, duration_ms,
    attributes['pull_request.merged'] = 'true' AS merged,
    TRY_CAST(attributes['pull_request.additions'] AS BIGINT) + TRY_CAST(attributes['pull_request.deletions'] AS BIGINT) AS lines,
    TRY_CAST(attributes['pull_request.comments_count'] AS BIGINT)
      + TRY_CAST(attributes['pull_request.review_comments_count'] AS BIGINT) AS comments
  FROM spans
  WHERE operation = 'pull_request' AND end_time IS NOT NULL${repository === undefined ? '' : ofRepository(repository)}
  QUALIFY row_number() OVER (PARTITION BY coalesce(activity_key, span_id) ORDER BY episode DESC, end_time DESC) = 1
),
pulls AS (
  SELECT *, date_trunc('${interval}', end_time) AS slot FROM closed
  WHERE true${boundOf('>=', fromMillis)}${boundOf('<', toMillis)}
),
intervals AS (
  SELECT unnest(generate_series(min(slot), max(slot), INTERVAL 1 ${interval})) AS slot FROM pulls
),
running AS (
  SELECT intervals.slot, quantile_cont(duration_ms, 0.5) AS p50, quantile_cont(duration_ms, 0.9) AS p90
  FROM intervals JOIN pulls ON pulls.slot <= intervals.slot GROUP BY intervals.slot
),
figures AS (
  SELECT slot, count(*) AS number, count_if(merged) AS merged, sum(lines)::BIGINT AS lines, sum(comments)::BIGINT AS comments,
    count(lines) AS with_lines, count(comments) AS with_comments,
    quantile_cont(duration_ms, 0.5) AS p50, quantile_cont(duration_ms, 0.9) AS p90, avg(duration_ms) AS mean,
    sum(duration_ms) FILTER (lines > 0) / nullif(sum(lines) FILTER (lines > 0), 0) AS per_line,
    sum(duration_ms) FILTER (comments > 0) / nullif(sum(comments) FILTER (comments > 0), 0) AS per_comment
  FROM pulls GROUP BY slot
)
SELECT strftime(intervals.slot, '%Y-%m-%d') AS start, coalesce(number, 0) AS number, coalesce(merged, 0) AS merged,
  round(merged / number, 4) AS merge_ratio, lines, comments, coalesce(with_lines, 0) AS with_lines,
  coalesce(with_comments, 0) AS with_comments,
  ${hours('figures.p50')} AS p50_hours, ${hours('figures.p90')} AS p90_hours, ${hours('mean')} AS mean_hours,
  round(per_line / 1000, 4) AS seconds_a_line, round(per_comment / 60000, 4) AS minutes_a_comment,
  ${hours('running.p50')} AS running_p50_hours, ${hours('running.p90')} AS running_p90_hours
FROM intervals LEFT JOIN figures USING (slot) LEFT JOIN running USING (slot)
ORDER BY intervals.slot`

/** A third of a second is exact enough. */
const hours = (millis: string): string => `round(${millis} / 3600000, 4)`

const ofRepository = (repository: string): string =>
  `\n    AND lower(coalesce(attributes['scm.repository.full_name'], attributes['scm.base.repo.full_name'])) = ${literal(repository.toLowerCase())}`

const boundOf = (comparison: string, millis: number | undefined): string =>
  millis === undefined ? '' : ` AND end_time ${comparison} make_timestamp(${Math.trunc(millis)}::BIGINT * 1000)`

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
