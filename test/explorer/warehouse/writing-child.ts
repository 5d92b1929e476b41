import { openWarehouse } from '../../../explorer/warehouse/warehouse.ts'
import { spanRecord } from '../../support/span-record.ts'

/** Puts traces of fifty spans each, one transaction a trace, and tells of each, until it is killed. */
const warehouse = await openWarehouse({ path: process.argv[2] ?? '' })
for (let trace = 1; ; trace += 1) {
  const traceId = trace.toString(16).padStart(32, '0')
  await warehouse.put(
    Array.from({ length: 50 }, (_, at) =>
      spanRecord({ traceId, spanId: (at + 1).toString(16).padStart(16, '0'), attributes: { at, type: 'bug' } }),
    ),
  )
  process.stdout.write(`${trace}\n`)
}
