import { OPERATIONS } from '../../../lib/delivery/activity.ts'
import type { Flow } from '../../api/flow.ts'
import type { Row, RunQuery } from '../../warehouse/rows.ts'
import { SPAN_ROW, spanRowOf } from '../spans.ts'

const OLDEST = 5

/** What is under way, by operation, with how old it is now; whatever the range of time. Reads `flow_spans`. */
export const readInProgress = async (query: RunQuery, nowMillis: number): Promise<Flow['workInProgress']> => {
  const rows = await query(`
    SELECT ${SPAN_ROW}, count(*) OVER of_operation AS spans,
      epoch_us(quantile_cont(start_time, 0.5) OVER of_operation)::DOUBLE / 1000 AS median_start,
    FROM spans SEMI JOIN (SELECT span_no FROM flow_spans WHERE is_counted AND end_time IS NULL) USING (span_no)
    WINDOW of_operation AS (PARTITION BY operation)
    QUALIFY row_number() OVER (PARTITION BY operation ORDER BY start_time, span_id) <= ${OLDEST}
    ORDER BY spans DESC, operation, start_time, span_id`)
  const operations = new Set([...OPERATIONS, ...rows.map((row) => String(row.operation))])
  return [...operations].flatMap((operation) => {
    const oldest = rows.filter((row) => row.operation === operation)
    return oldest[0] === undefined ? [] : [inProgressOf(operation, oldest[0], oldest, nowMillis)]
  })
}

const inProgressOf = (
  operation: string,
  first: Row,
  oldest: readonly Row[],
  nowMillis: number,
): Flow['workInProgress'][number] => ({
  operation,
  count: Number(first.spans),
  medianAgeMillis: Math.max(0, nowMillis - Number(first.median_start)),
  oldest: oldest.map(spanRowOf),
})
