import type { DuckDBConnection } from '@duckdb/node-api'
import { openDatabase } from './database.ts'
import { indexTraces } from './index-traces.ts'
import { lending } from './lending.ts'
import { putSpans } from './put-spans.ts'
import { oneAtATime } from './queue.ts'
import { queryOn, type RunQuery } from './rows.ts'
import type { SpanRecord } from './span-record.ts'
import { together } from './together.ts'

/** The explorer's spans, in DuckDB. Reads see what was put before; writes wait for each other. */
export interface Warehouse {
  readonly query: RunQuery
  /** Several queries that see the same state, on a connection of their own, which may make temporary tables. */
  readonly snapshot: <T>(work: (query: RunQuery) => Promise<T>) => Promise<T>
  /** All of it or nothing. The last of what is the same span counts, the table's before what came over OTLP. */
  readonly put: (records: readonly SpanRecord[]) => Promise<void>
  /** Writes in one transaction. */
  readonly write: <T>(work: (query: RunQuery, connection: DuckDBConnection) => Promise<T>) => Promise<T>
  /** Brings what is made of other tables up to date: call it before `trace_items`, `shares` or what the flow is made of is read. */
  readonly index: () => Promise<void>
  /** Runs something on a further connection to the same database, which is closed at its end. */
  readonly connected: <T>(work: (connection: DuckDBConnection) => Promise<T>) => Promise<T>
  /** After what is being written; what is being read is interrupted, whoever reads it. */
  readonly close: () => Promise<void>
}

export interface WarehouseOptions {
  /** A file, or `:memory:`. */
  readonly path: string
  /** Whether a file that cannot be read is begun anew, since all that is in it can be read again. */
  readonly isCache?: boolean
  /** Where it is there, a file of another version is kept under another name and begun anew, and told so in a sentence. */
  readonly tellSetAside?: (sentence: string) => void
}

/** A put of one span takes some 40 milliseconds of a processor, for the plans of its statements; one of a hundred little more. */
const APART_MILLIS = 250

/** @throws Error named `Refusal`, in one sentence that says what to do, when the file cannot be opened */
export const openWarehouse = async (options: WarehouseOptions): Promise<Warehouse> => {
  const { instance, writer } = await openDatabase(options)
  const reader = await instance.connect()
  const { lend, use, end } = lending(instance)
  const inTurn = oneAtATime()
  const write: Warehouse['write'] = (work) => inTurn(() => inTransaction(writer, work))
  const putTogether = together<SpanRecord>(
    inTurn,
    (records) => inTransaction(writer, (_query, connection) => putSpans(connection, records)),
    APART_MILLIS,
  )

  return {
    query: (sql, parameters) => use(reader, () => queryOn(reader)(sql, parameters)),
    snapshot: (work) => lend((connection) => inTransaction(connection, work)),
    put: (records) => (records.length === 0 ? Promise.resolve() : putTogether(records)),
    write,
    index: () => inTurn(() => inTransaction(writer, indexTraces)),
    connected: lend,
    close: () =>
      inTurn(async () => {
        await end()
        for (const connection of [reader, writer]) connection.closeSync()
        instance.closeSync()
      }),
  }
}

const inTransaction = async <T>(
  connection: DuckDBConnection,
  work: (query: RunQuery, connection: DuckDBConnection) => Promise<T>,
): Promise<T> => {
  const query = queryOn(connection)
  await query('BEGIN')
  try {
    const result = await work(query, connection)
    await query('COMMIT')
    return result
  } catch (error) {
    // A transaction that has failed to commit is gone already.
    await query('ROLLBACK').catch(() => {})
    throw error
  }
}
