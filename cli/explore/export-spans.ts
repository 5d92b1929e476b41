import type { Warehouse } from '../../explorer/warehouse/warehouse.ts'
import { refusal } from '../../local/refusal.ts'

/**
 * Writes all spans to a Parquet file, with the columns that are for people, and tells how many.
 *
 * @throws Refusal when the file cannot be written
 */
export const exportSpans = async ({ query }: Pick<Warehouse, 'query'>, path: string): Promise<number> => {
  const file = `'${path.replaceAll("'", "''")}'`
  try {
    await query(
      `COPY (
         SELECT trace_id, span_id, parent_span_id, operation, service, title, url, start_time, end_time, duration_ms,
           is_error, result, attributes
         FROM spans ORDER BY start_time, span_id
       ) TO ${file} (FORMAT parquet)`,
    )
  } catch (cause) {
    throw refusal(`The file ${path} cannot be written: name one in a folder that can, with --export.`, cause)
  }
  const [row] = await query(`SELECT count(*) AS spans FROM read_parquet(${file})`)
  return Number(row?.spans)
}
