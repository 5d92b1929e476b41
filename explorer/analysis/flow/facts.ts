import { LEAD_TIMES } from './lead-times.ts'

/**
 * What DORA's measures are made of, as a common table expression `facts` to be put behind `WITH`: a row for each thing that
 * counts, at the moment at which it does, with the span whose group and filters count for it. Reads `flow_spans`.
 *
 * - `deployment`: a successful deploy to production, at its end.
 * - `outcome`: a change to production, and whether it failed: whether its deploy did, was rolled back, or is named by an
 *   incident as its cause. A rollback mends a change and is none itself.
 * - `lead_time`: see {@link LEAD_TIMES}.
 * - `restoration`, DORA's failed deployment recovery time, for each failure that is over, at its end: of a deploy that
 *   failed, until the next one to the same place has succeeded, failures in a row being one; of a deploy that was rolled
 *   back, from its own end to the rollback's; of an incident, how long it lasted. A deploy that an incident names is not
 *   counted once more for having been rolled back.
 *
 * Source: dora.dev/guides/dora-metrics, "change fail rate", "failed deployment recovery time"
 */
export const FACTS = `
  deployed AS (
    SELECT span_no, place, is_rollback, start_time, end_time, is_error,
      row_number() OVER (ORDER BY end_time, start_time, span_no) AS turn
    FROM deploys JOIN flow_spans USING (span_no)
  ),
  -- Of each failure the success that ended it, of several before the same one the first.
  recoveries AS (
    SELECT arg_min(f.span_no, f.turn) AS span_no, min(f.end_time) AS from_time, any_value(s.end_time) AS to_time
    FROM (SELECT * FROM deployed WHERE is_error) f
    ASOF JOIN (SELECT * FROM deployed WHERE NOT is_error) s ON f.place = s.place AND f.turn < s.turn GROUP BY s.turn
  ),
  rollbacks AS (
    SELECT place, start_time, end_time FROM deployed WHERE is_rollback AND NOT is_error
  ),
  -- Of each rollback what was in place when it began.
  rolled_back AS (
    SELECT p.span_no, p.end_time AS from_time, r.end_time AS to_time
    FROM rollbacks r ASOF JOIN (
      SELECT place, end_time, arg_max(span_no, turn) AS span_no, arg_max(is_rollback, turn) AS is_rollback
      FROM deployed SEMI JOIN rollbacks USING (place) WHERE NOT is_error GROUP BY place, end_time
    ) p ON p.place = r.place AND p.end_time <= r.start_time
    WHERE NOT p.is_rollback
  ),
  causes AS (
    SELECT span_no FROM spans SEMI JOIN (
      SELECT span_id FROM links SEMI JOIN (SELECT span_no FROM spans WHERE operation = 'incident') USING (span_no)
      UNION ALL
      SELECT parent_span_id FROM spans WHERE operation = 'incident'
    ) USING (span_id)
    WHERE operation = 'deploy'
  ),
  restored AS (
    FROM recoveries
    UNION ALL
    SELECT * FROM rolled_back WHERE span_no NOT IN (SELECT span_no FROM causes)
    UNION ALL
    SELECT span_no, start_time, end_time FROM flow_spans WHERE operation = 'incident' AND end_time IS NOT NULL
  ),
  facts AS (
    SELECT span_no, 'deployment' AS kind, end_time AS at_time, NULL::DOUBLE AS millis, false AS is_failed
    FROM deployed WHERE NOT is_error
    UNION ALL
    SELECT span_no, 'outcome', end_time, NULL,
      is_error OR span_no IN (SELECT span_no FROM rolled_back) OR span_no IN (SELECT span_no FROM causes)
    FROM deployed WHERE NOT is_rollback
    UNION ALL
    SELECT span_no, 'lead_time', there_time, (epoch_us(there_time) - epoch_us(first_start)) / 1000, false
    FROM (${LEAD_TIMES})
    UNION ALL
    SELECT span_no, 'restoration', to_time, greatest(0, epoch_us(to_time) - epoch_us(from_time)) / 1000, false FROM restored
  )`
