import { OPERATIONS } from '../../lib/delivery/activity.ts'
import type { Status } from '../api/status.ts'
import type { Row } from '../warehouse/rows.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'

/** Of names that other tools give their spans there may be thousands. */
const MAX_OPERATIONS = 200

/** What is there to look at; what it is read from, and how far, tells who reads it. */
export const status = async (
  warehouse: Pick<Warehouse, 'query'>,
  source: Pick<Status, 'source' | 'readMillis' | 'problem'>,
): Promise<Status> => {
  const [all] = await warehouse.query(
    `SELECT count(end_time) AS finished, count(*) - count(end_time) AS open, count(DISTINCT trace_no) AS traces,
       min(start_time) AS first, max(coalesce(end_time, start_time)) AS last FROM spans`,
  )
  const operations = await warehouse.query(
    `SELECT operation, count(*) AS spans, count_if(is_error) AS failed FROM spans GROUP BY operation
     ORDER BY spans DESC, operation`,
  )
  return {
    spans: Number(all?.finished),
    open: Number(all?.open),
    traces: Number(all?.traces),
    operations: inFlowOrder(operations).slice(0, MAX_OPERATIONS).map(operationOf),
    ...(typeof all?.first === 'number' ? { firstMillis: all.first } : {}),
    ...(typeof all?.last === 'number' ? { lastMillis: all.last } : {}),
    ...source,
  }
}

const inFlowOrder = (rows: readonly Row[]): readonly Row[] => {
  const known = OPERATIONS.flatMap((operation) => rows.filter((row) => row.operation === operation))
  return [...known, ...rows.filter((row) => !known.includes(row))]
}

const operationOf = (row: Row): Status['operations'][number] => ({
  name: String(row.operation),
  spans: Number(row.spans),
  failed: Number(row.failed),
})
