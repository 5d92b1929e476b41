import { OPERATIONS } from '../../../lib/delivery/activity.ts'
import { groupBy } from '../../../lib/delivery/group-by.ts'
import type { FlowMeasures } from '../../api/flow.ts'
import type { Row, RunQuery } from '../../warehouse/rows.ts'
import type { Cell } from './cell.ts'
import type { Interval, Range } from './interval.ts'
import { groupedSql, IN_RANGE, rangeParameters } from './read-flow-spans.ts'

/** What a group's spans, of all the time or of one interval, tell of themselves. */
export interface OperationFacts extends Cell, Pick<FlowMeasures, 'operations' | 'reworkRate'> {}

/** Of the operations that ValueStream does not know, the most frequent ones. */
const MAX_OPERATIONS = 12

/**
 * What repeats what was done: a reopened issue or pull request, a further attempt at a run, a rollback; of all issues,
 * pull requests, builds and deploys. Beside DORA's deployment rework rate, which counts unplanned deploys alone.
 */
const REWORK = `
  SELECT span_no FROM spans WHERE operation IN ('issue', 'pull_request') AND episode > 1
  UNION ALL
  SELECT n.span_no FROM numbers n JOIN items i USING (item_no)
  WHERE i.kind = 'number' AND i.operation IN ('build', 'deploy') AND i.name = 'build.attempt' AND n.value > 1
  UNION ALL
  SELECT m.span_no FROM marks m JOIN items i USING (item_no)
  WHERE i.kind = 'value' AND i.operation = 'deploy' AND i.name = 'deployment.rollback' AND i.value = 'true'`

/** Reads `flow_spans` and, where the spans are divided, `flow_groups`. */
export const readOperations = async (
  query: RunQuery,
  range: Range,
  interval: Interval,
  isDivided: boolean,
): Promise<readonly OperationFacts[]> => {
  const rows = await query(
    `WITH finished AS (
       SELECT span_no, operation, is_error, duration_ms, date_trunc('${interval}', end_time) AS start_time,
         span_no IN (${REWORK}) AS is_rework
       FROM flow_spans WHERE is_counted AND ${IN_RANGE}
     ), grouped AS (${groupedSql('finished', isDivided)})
     SELECT group_no, operation, start_time, grouping(start_time) AS is_whole, count(*) AS spans,
       count(*) FILTER (is_error) AS failed, count(*) FILTER (is_rework) AS reworked,
       quantile_cont(duration_ms, [0.5, 0.9]) AS quantiles
     FROM grouped GROUP BY GROUPING SETS ((group_no, operation), (group_no, operation, start_time))
     ORDER BY spans DESC, operation`,
    rangeParameters(range),
  )
  const cells = groupBy(rows, (row) => JSON.stringify([row.group_no, row.is_whole === 1 ? null : row.start_time]))
  return [...cells.values()].map((cell) => operationFactsOf(cell))
}

const isKnown = (row: Row): boolean => OPERATIONS.some((operation) => operation === row.operation)

/** @param rows the operations of one group in one interval, the most frequent first */
const operationFactsOf = (rows: readonly Row[]): OperationFacts => {
  const known = OPERATIONS.flatMap((operation) => rows.filter((row) => row.operation === operation))
  const others = rows.filter((row) => !isKnown(row)).slice(0, MAX_OPERATIONS)
  const [all, reworked] = [known.reduce(summed('spans'), 0), known.reduce(summed('reworked'), 0)]
  const [first] = rows
  return {
    groupNo: Number(first?.group_no),
    ...(first?.is_whole === 0 ? { startMillis: Number(first.start_time) } : {}),
    ...(all === 0 ? {} : { reworkRate: reworked / all }),
    operations: [...known, ...others].map(operationOf),
  }
}

const operationOf = (row: Row): FlowMeasures['operations'][number] => {
  const [p50Millis = 0, p90Millis = 0] = Array.isArray(row.quantiles) ? row.quantiles.map(Number) : []
  return {
    operation: String(row.operation),
    count: Number(row.spans),
    failed: Number(row.failed),
    p50Millis,
    p90Millis,
  }
}

const summed =
  (column: string) =>
  (sum: number, row: Row): number =>
    sum + Number(row[column])
