import type { Row, RunQuery } from '../warehouse/rows.ts'
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
 *
 * The spans stand in the order of their durations, and the database says of each item which places have it, as a text of
 * ones and noughts. So it looks at each mark once, for all rows together, and the two halves of a row are read off here.
 */
export const mediansOf = async (query: RunQuery, rows: readonly Merged[]): Promise<readonly Medians[]> => {
  if (rows.length === 0) return []
  await query(LOOKED_AT)
  await query(wantedSql(rows))
  const [looked] = await query('SELECT list(duration_ms ORDER BY place) AS durations FROM looked_at')
  const durations = Array.isArray(looked?.durations) ? looked.durations.map(Number) : []
  const places = placesByItem(await query(PLACES))
  return rows.map(({ source: { kind, by, itemNo, withinNo }, isAbsent }) => {
    const having = places(kind, by === 'name', itemNo)
    const within = withinNo === undefined ? undefined : places('others', false, withinNo)
    const { members, rest } = halvesOf(durations, having, within)
    const [withMillis, withoutMillis] = [median(isAbsent ? rest : members), median(isAbsent ? members : rest)]
    return {
      ...(withMillis === undefined ? {} : { withMillis }),
      ...(withoutMillis === undefined ? {} : { withoutMillis }),
    }
  })
}

const halvesOf = (durations: readonly number[], having: string, within: string | undefined) => {
  const [members, rest]: [number[], number[]] = [[], []]
  // Some hundred thousand times for an answer, so in the plainest way.
  for (const [at, duration] of durations.entries()) {
    if (within !== undefined && within[at] !== '1') continue
    if (having[at] === '1') members.push(duration)
    else rest.push(duration)
  }
  return { members, rest }
}

const LOOKED_AT = `
CREATE OR REPLACE TEMP TABLE looked_at AS
  SELECT span_no, trace_no, duration_ms, row_number() OVER (ORDER BY duration_ms, hash)::INTEGER - 1 AS place
  FROM (SELECT * FROM flagged ORDER BY hash LIMIT ${MOST_LOOKED_AT})`

/** The items whose places are wanted; a name has all its items' ones. */
const wantedSql = (rows: readonly Merged[]): string => {
  const wanted = rows.flatMap(({ source: { kind, by, itemNo, withinNo } }) => [
    `('${kind}', ${by === 'name'}, ${itemNo})`,
    ...(withinNo === undefined ? [] : [`('others', false, ${withinNo})`]),
  ])
  return `
CREATE OR REPLACE TEMP TABLE wanted AS
  WITH asked AS (SELECT DISTINCT * FROM (VALUES ${wanted.join(', ')}) asked(kind, is_name, asked_no))
  SELECT *, asked_no AS item_no FROM asked WHERE NOT is_name
  UNION ALL
  SELECT asked.*, i.item_no FROM asked JOIN items named ON named.item_no = asked_no
  JOIN items i ON i.operation = named.operation AND i.name = named.name WHERE is_name`
}

/** A span that holds something alone in its trace is not its own other; as a difference, since DuckDB would join by a comparison. */
const PLACES = `
WITH places AS (
  SELECT 'self' AS kind, item_no, bitstring_agg(place, 0, ${MOST_LOOKED_AT - 1}) AS places
  FROM marks JOIN looked_at USING (span_no) SEMI JOIN (SELECT item_no FROM wanted WHERE kind = 'self') USING (item_no)
  GROUP BY item_no
  UNION ALL
  SELECT 'others', item_no, bitstring_agg(place, 0, ${MOST_LOOKED_AT - 1})
  FROM trace_items JOIN looked_at USING (trace_no)
  SEMI JOIN (SELECT item_no FROM wanted WHERE kind = 'others') USING (item_no)
  WHERE coalesce(alone_no - span_no <> 0, true) GROUP BY item_no
)
SELECT kind, is_name, asked_no, bit_or(places)::VARCHAR AS places FROM wanted JOIN places USING (kind, item_no)
GROUP BY kind, is_name, asked_no`

const placesByItem = (rows: readonly Row[]) => {
  const places = new Map(rows.map((row) => [`${row.kind} ${row.is_name} ${row.asked_no}`, String(row.places)]))
  return (kind: string, isName: boolean, itemNo: number): string => places.get(`${kind} ${isName} ${itemNo}`) ?? ''
}

/** @param sorted ascending */
const median = (sorted: readonly number[]): number | undefined => {
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return lower === undefined || upper === undefined ? undefined : lower + (upper - lower) / 2
}
