import type { SpanRecord } from '../../explorer/warehouse/span-record.ts'
import { openWarehouse, type Warehouse } from '../../explorer/warehouse/warehouse.ts'

/** A span in trace `t`, from the table, without anything that does not matter. */
export const span = (
  spanId: string,
  operation: string,
  startMillis: number,
  endMillis: number | undefined,
  more: Partial<SpanRecord> = {},
): SpanRecord => ({
  origin: 'stored',
  traceId: 't',
  spanId,
  operation,
  service: 'github',
  startMillis,
  ...(endMillis === undefined ? {} : { endMillis }),
  isError: false,
  attributes: {},
  resource: {},
  links: [],
  events: [],
  ...more,
})

export const link = (spanId: string, reason: string, traceId = 't'): SpanRecord['links'][number] => ({
  traceId,
  spanId,
  attributes: { 'valuestream.link.reason': reason },
})

/** Runs something on a database in memory that holds these spans. */
export const withWarehouse = async <T>(
  records: readonly SpanRecord[],
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> => {
  const warehouse = await openWarehouse({ path: ':memory:' })
  try {
    await warehouse.put(records)
    return await work(warehouse)
  } finally {
    await warehouse.close()
  }
}
