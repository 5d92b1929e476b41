import type { DuckDBConnection, DuckDBValue, JS } from '@duckdb/node-api'

/** A value as it comes out of a query; times are epoch milliseconds, a map is a list of its pairs. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value }
export type Row = { readonly [column: string]: Value }

/** Values for the `$name`s of a statement. */
export type Parameters = Readonly<Record<string, DuckDBValue>>

/** Runs one statement. @throws Error with the database's own message */
export type RunQuery = (sql: string, parameters?: Parameters) => Promise<readonly Row[]>

/**
 * Queries on one connection. Whole numbers beyond 2^53 lose their last digits.
 */
export const queryOn =
  (connection: DuckDBConnection): RunQuery =>
  async (sql, parameters = {}) => {
    const reader = await connection.runAndReadAll(sql, { ...parameters })
    return reader.getRowObjectsJS().map((row) => mapped(row))
  }

const mapped = (row: { readonly [name: string]: JS }): { readonly [name: string]: Value } =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))

const plain = (value: JS): Value => {
  if (typeof value === 'bigint') return Number(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Date) return value.getTime()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(plain)
  return mapped(value as { readonly [name: string]: JS })
}
