import type { FlowMeasures } from '../../api/flow.ts'
import type { Row, RunQuery } from '../../warehouse/rows.ts'
import type { Cell } from './cell.ts'
import { FACTS } from './facts.ts'
import type { Interval, Range } from './interval.ts'
import { groupedSql, rangeParameters } from './read-flow-spans.ts'

/** DORA's measures of one group, of all the time or of one interval. What cannot be told is absent. */
export interface Delivered extends Cell, Omit<FlowMeasures, 'operations' | 'reworkRate' | 'deploymentsPerDay'> {}

/** Reads `flow_spans` and, where the spans are divided, `flow_groups`, and what the index of the deliveries holds. */
export const readMeasures = async (
  query: RunQuery,
  range: Range,
  interval: Interval,
  isDivided: boolean,
): Promise<readonly Delivered[]> => {
  const rows = await query(
    `WITH ${FACTS},
     counted AS (
       SELECT facts.*, date_trunc('${interval}', at_time) AS start_time
       FROM facts SEMI JOIN (SELECT span_no FROM flow_spans WHERE is_counted) USING (span_no)
       WHERE at_time >= make_timestamp($from_us::BIGINT) AND at_time < make_timestamp($to_us::BIGINT)
     ), grouped AS (${groupedSql('counted', isDivided)})
     SELECT group_no, start_time, grouping(start_time) AS is_whole,
       count_if(kind = 'deployment') AS deployments, count_if(kind = 'outcome') AS outcomes, count_if(is_failed) AS failed,
       quantile_cont(millis, 0.5) FILTER (kind = 'lead_time') AS lead_time,
       quantile_cont(millis, 0.5) FILTER (kind = 'restoration') AS restoration
     FROM grouped GROUP BY GROUPING SETS ((group_no), (group_no, start_time))`,
    rangeParameters(range),
  )
  return rows.map(deliveredOf)
}

const deliveredOf = (row: Row): Delivered => ({
  groupNo: Number(row.group_no),
  ...(row.is_whole === 0 ? { startMillis: Number(row.start_time) } : {}),
  deployments: Number(row.deployments),
  ...(row.lead_time === null ? {} : { leadTimeMillis: Number(row.lead_time) }),
  ...(row.outcomes === 0 ? {} : { changeFailureRate: Number(row.failed) / Number(row.outcomes) }),
  ...(row.restoration === null ? {} : { timeToRestoreMillis: Number(row.restoration) }),
})
