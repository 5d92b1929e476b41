import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api'
import type { Answer } from '../api/ask.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { type Deadline, deadlineOf } from './deadline.ts'
import { lockDown } from './lock-down.ts'
import { readAnswer } from './read-answer.ts'

export interface AskLimits {
  readonly timeMillis: number
  readonly rows: number
  /** Of all cells together. */
  readonly characters: number
}

export const ASK_LIMITS: AskLimits = { timeMillis: 10_000, rows: 1000, characters: 4_000_000 }

/** `refused` for what is wrong with the query, in the database's words or in ours; `busy` while another one runs. */
export type Asked =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'busy'; readonly message: string }

export interface Ask {
  /** @param signal interrupts the query, as when nobody waits for the answer any more */
  readonly run: (sql: string, signal?: AbortSignal) => Promise<Asked>
  /** Interrupts what is under way and waits for its end, as the closing of the database does, too. */
  readonly close: () => Promise<void>
}

const MAX_SQL = 20_000
/** Nothing but space and comments, of which DuckDB says nothing that would help. */
const NOTHING = /^(?:[\s;]|--.*(?:\n|$))*$/

/** What only reads. `DESCRIBE`, `SHOW` and `SUMMARIZE` are selections to the parser; a `PIVOT` must name its values. */
const READING: ReadonlySet<StatementType> = new Set([StatementType.SELECT, StatementType.EXPLAIN])

/**
 * Runs what a person asks, one query at a time, on a connection of its own, within limits and without harm:
 *
 * - {@link lockDown} has taken files, network, extensions and settings from the whole database;
 * - DuckDB's own parser must find one statement, of a kind that reads;
 * - it runs in a transaction that DuckDB holds to reading, so that `EXPLAIN ANALYZE DELETE` does nothing either.
 *
 * A second instance that opens the file for reading alone would be safer still, and DuckDB lets no second one have a file
 * that somebody writes. The time limit interrupts a query; one that is in the middle of a single huge value ends when
 * that is made. It is answered in time all the same, and until it has ended the next ones are `busy`.
 */
export const askOf = (
  warehouse: Pick<Warehouse, 'connected' | 'query'>,
  now: () => number,
  limits: AskLimits = ASK_LIMITS,
): Ask => {
  const closing = new AbortController()
  let underWay: Promise<Asked> | undefined
  const runAlone = async (sql: string, deadline: Deadline): Promise<Asked> => {
    try {
      await lockDown(warehouse.query)
      return await warehouse.connected((connection) => runOn(connection, sql, deadline, now, limits))
    } finally {
      underWay = undefined
    }
  }
  const run: Ask['run'] = async (sql, signal) => {
    if (underWay !== undefined) return BUSY
    if (NOTHING.test(sql))
      return { kind: 'refused', message: 'Ask something: SELECT operation, count(*) FROM spans GROUP BY 1' }
    if (sql.length > MAX_SQL) return { kind: 'refused', message: `A query takes at most ${MAX_SQL} characters.` }
    const deadline = deadlineOf(limits.timeMillis, [closing.signal, ...(signal === undefined ? [] : [signal])])
    underWay = runAlone(sql, deadline)
    try {
      return await Promise.race([underWay, deadline.overdue.then(() => tooLong(limits))])
    } finally {
      deadline.end()
    }
  }
  const close = async (): Promise<void> => {
    closing.abort()
    await underWay?.catch(() => {})
  }
  return { run, close }
}

const BUSY: Asked = { kind: 'busy', message: 'Another query is running: ask again when it has ended.' }

const runOn = async (
  connection: DuckDBConnection,
  sql: string,
  deadline: Deadline,
  now: () => number,
  limits: AskLimits,
): Promise<Asked> => {
  const startMillis = now()
  const interrupting = deadline.onPass(() => connection.interrupt())
  try {
    await connection.run('BEGIN TRANSACTION READ ONLY')
    const statement = await onlyStatement(connection, sql)
    if (typeof statement === 'string') return { kind: 'refused', message: statement }
    const reader = await statement.streamAndReadUntil(limits.rows + 1)
    return { kind: 'answer', answer: { ...readAnswer(reader, limits), tookMillis: now() - startMillis } }
  } catch (error) {
    return deadline.hasPassed() ? tooLong(limits) : refusedBy(error)
  } finally {
    interrupting.end()
  }
}

/** The statement, or a sentence about why it is not run. */
const onlyStatement = async (connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement | string> => {
  const statements = await connection.extractStatements(sql)
  if (statements.count > 1) {
    return 'One statement at a time. (A PIVOT counts as several, unless it names its values: ON name IN (…).)'
  }
  const statement = await statements.prepare(0)
  if (READING.has(statement.statementType)) return statement
  return `Only what reads is run here: SELECT, WITH, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN, and this is ${StatementType[statement.statementType]}.`
}

const tooLong = ({ timeMillis }: AskLimits): Asked => ({
  kind: 'refused',
  message: `The query was stopped after ${timeMillis / 1000} seconds: narrow it down, such as by start_time or with a LIMIT.`,
})

const refusedBy = (error: unknown): Asked => ({
  kind: 'refused',
  message: typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error),
})
