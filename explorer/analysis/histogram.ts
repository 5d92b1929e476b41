import type { Histogram } from '../api/histogram.ts'
import type { Query } from '../query.ts'
import type { Row } from '../warehouse/rows.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { selectionSql } from './selection.ts'

/** Buckets of a decade, where the population spans few decades, and where it spans many. */
const FINE = 12
const COARSE = 4
const MAX_BUCKETS = 60
/** In place of a bucket's number. */
const BELOW_SCALE = -1

/**
 * Finished spans of the population by duration. The buckets' bounds are powers of ten and equal parts between them on a
 * log scale, whatever the population, so that two histograms can be laid over each other. What takes less than a
 * millisecond, as what was abandoned does, has no place on such a scale: it is in one bucket, from 0 to where the others begin.
 */
export const histogram = async (warehouse: Warehouse, asked: Query): Promise<Histogram> => {
  await warehouse.index()
  return warehouse.snapshot(async (query) => {
    const { text, parameters } = selectionSql(asked)
    await query(
      `CREATE OR REPLACE TEMP TABLE flagged AS WITH ${text} SELECT duration_ms, is_error, is_selected FROM flagged`,
      parameters,
    )
    const [all] = await query(
      `SELECT count(*) AS spans, count_if(is_error) AS failed, quantile_cont(duration_ms, [0.5, 0.9, 0.99]) AS quantiles,
         coalesce(log10(max(duration_ms) FILTER (duration_ms >= 1)) - log10(min(duration_ms) FILTER (duration_ms >= 1)), 0) AS decades
       FROM flagged`,
    )
    const parts = Number(all?.decades) * FINE <= MAX_BUCKETS ? FINE : COARSE
    const rows = await query(
      `SELECT CASE WHEN duration_ms < 1 THEN ${BELOW_SCALE} ELSE floor(log10(duration_ms) * ${parts} + 1e-9) END AS bucket, count(*) AS spans,
         count_if(is_error) AS failed, count_if(is_selected) AS selected
       FROM flagged GROUP BY bucket ORDER BY bucket`,
    )
    const [p50Millis, p90Millis, p99Millis] = Array.isArray(all?.quantiles) ? all.quantiles.map(Number) : []
    return {
      buckets: bucketsOf(rows, parts),
      count: Number(all?.spans),
      failed: Number(all?.failed),
      ...(p50Millis === undefined ? {} : { p50Millis }),
      ...(p90Millis === undefined ? {} : { p90Millis }),
      ...(p99Millis === undefined ? {} : { p99Millis }),
    }
  })
}

/** Without gaps, so that an axis can be drawn along them. */
const bucketsOf = (rows: readonly Row[], parts: number): Histogram['buckets'] => {
  const placed = rows.filter(({ bucket }) => bucket !== BELOW_SCALE)
  const below = rows.filter(({ bucket }) => bucket === BELOW_SCALE)
  const byBucket = new Map(placed.map((row) => [Number(row.bucket), row]))
  const [first, last] = [Number(placed[0]?.bucket ?? 0), Number(placed.at(-1)?.bucket ?? -1)]
  return [
    ...below.map((row) => bucketOf(row, 0, boundOf(first, parts))),
    ...Array.from({ length: last - first + 1 }, (_, at) =>
      bucketOf(byBucket.get(first + at), boundOf(first + at, parts), boundOf(first + at + 1, parts)),
    ),
  ]
}

const bucketOf = (row: Row | undefined, fromMillis: number, toMillis: number): Histogram['buckets'][number] => ({
  fromMillis,
  toMillis,
  count: Number(row?.spans ?? 0),
  failed: Number(row?.failed ?? 0),
  selected: Number(row?.selected ?? 0),
})

const boundOf = (bucket: number, parts: number): number => Number((10 ** (bucket / parts)).toPrecision(12))
