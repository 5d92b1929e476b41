import { join } from 'node:path'

/** The explorer's database of the local stack, or of a deployed table. */
export const databasePath = (home: string, table: string | undefined): string =>
  join(home, table === undefined ? 'explorer.duckdb' : `explorer-${table.replace(/[^\w.-]/g, '_')}.duckdb`)

/** Where the local stack listens, and where `valuestream explore` does, so that both can run. */
export const LOCAL_PORT = 3000
export const EXPLORE_PORT = 3001
