import type { RunQuery } from '../warehouse/rows.ts'

/** Of the whole database, since DuckDB has no bounds for a single query: what the explorer itself needs is below. */
const MEMORY = '3GB'
/** What sorts and joins may put aside beside the file; DuckDB would fill nine tenths of the disk. */
const TEMPORARY_FILES = '4GB'

/**
 * Takes from a database, for as long as it is open, all that a query could reach beyond it: files, the network, other
 * databases, extensions and secrets; and the way to give it back. Spans are put and read as before. An export to a
 * file has to come first.
 *
 * Source: duckdb.org/docs/stable/operations_manual/securing_duckdb/overview
 */
export const lockDown = async (query: RunQuery): Promise<void> => {
  const [row] = await query("SELECT current_setting('lock_configuration') AS is_locked")
  if (row?.is_locked === true) return
  for (const setting of [
    `memory_limit = '${MEMORY}'`,
    `max_temp_directory_size = '${TEMPORARY_FILES}'`,
    'autoinstall_known_extensions = false',
    'autoload_known_extensions = false',
    'allow_community_extensions = false',
    'enable_external_access = false',
    'lock_configuration = true',
  ]) {
    await query(`SET ${setting}`)
  }
}
