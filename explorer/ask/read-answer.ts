import type { DuckDBResultReader } from '@duckdb/node-api'
import type { Answer } from '../api/ask.ts'
import { type Cell, cellOf } from './cell.ts'

interface Bounds {
  readonly rows: number
  readonly characters: number
}

/** As many of the rows as are within the bounds, of what the reader has read. */
export const readAnswer = (reader: DuckDBResultReader, bounds: Bounds): Omit<Answer, 'tookMillis'> => {
  const rows: (readonly Cell[])[] = []
  let characters = 0
  for (const row of reader.getRows()) {
    const cells = row.map(cellOf)
    characters += cells.reduce<number>((sum, cell) => sum + String(cell).length, 0)
    if (rows.length === bounds.rows || (rows.length > 0 && characters > bounds.characters)) break
    rows.push(cells)
  }
  const columns = reader.columnNames().map((name, at) => ({ name, type: String(reader.columnType(at)) }))
  return { columns, rows, isCut: !reader.done || rows.length < reader.currentRowCount }
}
