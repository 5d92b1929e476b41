import type { RunQuery } from './rows.ts'

/** Counts the marks of the traces that were written to since. */
export const indexTraces = async (query: RunQuery): Promise<void> => {
  const [stale] = await query('SELECT count(*) AS traces FROM stale_traces')
  if (stale?.traces === 0) return
  await query('DELETE FROM trace_items WHERE trace_no IN (SELECT trace_no FROM stale_traces)')
  await query(
    `INSERT INTO trace_items
       SELECT trace_no, item_no, count(*) FROM marks
       WHERE trace_no IN (SELECT trace_no FROM stale_traces)
       GROUP BY trace_no, item_no`,
  )
  await query('DELETE FROM stale_traces')
}
