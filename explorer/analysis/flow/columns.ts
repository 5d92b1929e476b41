import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import type { Parameters } from '../../warehouse/rows.ts'

/**
 * Runs a statement and gives its rows as lists of plain values. An object a row, as rows come elsewhere, takes several
 * times as long for tens of thousands of them.
 */
export const tuples = async (
  connection: DuckDBConnection,
  sql: string,
  parameters: Parameters = {},
): Promise<readonly (readonly DuckDBValue[])[]> => (await connection.runAndReadAll(sql, { ...parameters })).getRows()

/** The groups that a bit mask names. */
export const groupsByMask = (groups: readonly string[]): ((mask: number) => readonly string[]) => {
  const known = new Map<number, readonly string[]>()
  return (mask) => {
    const found = known.get(mask) ?? groups.filter((_, at) => (mask & (1 << at)) !== 0)
    known.set(mask, found)
    return found
  }
}
