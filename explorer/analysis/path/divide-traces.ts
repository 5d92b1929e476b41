import type { DuckDBConnection } from '@duckdb/node-api'
import { groupBy } from '../../../lib/delivery/group-by.ts'
import { childrenOf } from './activity.ts'
import { readActivities, type TracedActivity } from './read-activities.ts'
import { type Share, sharesOf } from './shares.ts'

/** As many spans as are read at a time, about: memory does not grow with what is stale, nor does anybody wait for long. */
const CHUNK = 5000

const CHUNKS = `
  SELECT min(trace_no), max(trace_no) FROM (
    SELECT trace_no, sum(count(*)) OVER (ORDER BY trace_no) // ${CHUNK} AS chunk
    FROM spans WHERE trace_no IN (SELECT trace_no FROM stale_traces) GROUP BY trace_no
  ) GROUP BY chunk ORDER BY chunk`

/**
 * Makes the rows of `shares` of the traces in `stale_traces` anew. How a finished span's time is divided depends on its
 * trace alone, so it is done when the trace has changed, and only added up when it is asked for.
 */
export const divideTraces = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run('DELETE FROM shares WHERE trace_no IN (SELECT trace_no FROM stale_traces)')
  const chunks = (await connection.runAndReadAll(CHUNKS)).getRows()
  for (const [from, to] of chunks) {
    const activities = await readActivities(connection, Number(from), Number(to))
    await append(
      connection,
      groupBy(activities, ({ traceNo }) => traceNo),
    )
  }
}

const append = async (
  connection: DuckDBConnection,
  traces: ReadonlyMap<number, readonly TracedActivity[]>,
): Promise<void> => {
  const appender = await connection.createAppender('shares')
  const appendShare = (traceNo: number, { spanId, isWait, name, micros }: Share) => {
    appender.appendInteger(Number(spanId))
    appender.appendInteger(traceNo)
    appender.appendBoolean(isWait)
    appender.appendVarchar(name)
    appender.appendBigInt(BigInt(micros))
    appender.endRow()
  }
  for (const [traceNo, trace] of traces) {
    const children = childrenOf(trace)
    for (const span of trace) for (const share of sharesOf(span, children)) appendShare(traceNo, share)
  }
  appender.closeSync()
}
