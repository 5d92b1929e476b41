import type { RunQuery } from '../warehouse/rows.ts'
import type { Merged } from './merge-marks.ts'

export interface Medians {
  readonly withMillis?: number
  readonly withoutMillis?: number
}

/** Of more spans than this the medians are those of so many of them, taken by chance: some hundredths off at most, mostly. */
const MOST_LOOKED_AT = 5_000

/**
 * For each row the median durations of the spans that have its mark and of those that do not. Needs what counting has
 * left behind.
 */
export const mediansOf = async (query: RunQuery, rows: readonly Merged[]): Promise<readonly Medians[]> => {
  if (rows.length === 0) return []
  const values = rows.map(
    ({ source: { kind, by, itemNo, withinNo } }, at) => `(${at}, '${kind}', '${by}', ${itemNo}, ${withinNo ?? 'NULL'})`,
  )
  await query(
    `CREATE OR REPLACE TEMP TABLE shown AS
       SELECT * FROM (VALUES ${values.join(', ')}) shown(row_no, kind, made_by, item_no, within_no)`,
  )
  await query(
    `CREATE OR REPLACE TEMP TABLE looked_at AS
       SELECT span_no, trace_no, duration_ms FROM flagged ORDER BY hash LIMIT ${MOST_LOOKED_AT}`,
  )
  const medians = await query(MEDIANS)
  return rows.map(({ isAbsent }, at) => {
    const medianOf = (isMember: boolean): number | undefined => {
      const median = medians.find((row) => row.row_no === at && row.is_member === isMember)?.median
      return typeof median === 'number' ? median : undefined
    }
    const [withMillis, withoutMillis] = [medianOf(!isAbsent), medianOf(isAbsent)]
    return {
      ...(withMillis === undefined ? {} : { withMillis }),
      ...(withoutMillis === undefined ? {} : { withoutMillis }),
    }
  })
}

/** Of what a mark is looked for on: with it and without it. A span that holds something alone in its trace is not its own other. */
const MEDIANS = `
WITH members AS (
  SELECT row_no, span_no FROM shown JOIN marks USING (item_no) SEMI JOIN looked_at USING (span_no)
  WHERE kind = 'self' AND made_by <> 'name'
  UNION ALL
  SELECT DISTINCT row_no, span_no FROM shown JOIN items named USING (item_no)
  JOIN items i ON i.operation = named.operation AND i.name = named.name
  JOIN marks m ON m.item_no = i.item_no SEMI JOIN looked_at USING (span_no)
  WHERE shown.kind = 'self' AND made_by = 'name'
  UNION ALL
  SELECT row_no, l.span_no FROM shown JOIN trace_items USING (item_no) JOIN looked_at l USING (trace_no)
  WHERE kind = 'others' AND alone_no IS DISTINCT FROM l.span_no
),
withins AS (
  SELECT row_no, span_no, duration_ms FROM shown CROSS JOIN looked_at WHERE within_no IS NULL
  UNION ALL
  SELECT row_no, l.span_no, duration_ms FROM shown JOIN trace_items t ON t.item_no = within_no
  JOIN looked_at l USING (trace_no) WHERE alone_no IS DISTINCT FROM l.span_no
)
SELECT w.row_no, m.span_no IS NOT NULL AS is_member, quantile_cont(duration_ms, 0.5) AS median
FROM withins w LEFT JOIN members m ON m.row_no = w.row_no AND m.span_no = w.span_no
GROUP BY w.row_no, is_member`
