import type { Schema } from '../api/ask.ts'
import type { RunQuery } from '../warehouse/rows.ts'
import { MEANINGS } from '../warehouse/schema.ts'
import { EXAMPLES } from './examples.ts'

/** What *Ask* may be asked of: the tables that have a meaning, with the database's own types. */
export const schemaOf = async (query: RunQuery): Promise<Schema> => {
  const rows = await query(
    "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'main'",
  )
  const types = new Map(rows.map((row) => [`${row.table_name}.${row.column_name}`, String(row.data_type)]))
  const tables = Object.entries(MEANINGS).map(([name, { meaning, columns }]) => ({
    name,
    meaning,
    columns: Object.entries(columns).map(([column, of]) => ({
      name: column,
      type: types.get(`${name}.${column}`) ?? '',
      meaning: of,
    })),
  }))
  return { tables, examples: EXAMPLES }
}
