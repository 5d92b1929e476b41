import type { Histogram } from '../api.ts'
import type { Query } from '../query.ts'
import type { Row } from '../warehouse/rows.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { selectionSql } from './selection.ts'

/** Buckets of a decade, where the population spans few decades, and where it spans many. */
const FINE = 12
const COARSE = 4
const MAX_BUCKETS = 60

/**
 * Finished spans of the population by duration. The buckets' bounds are powers of ten and equal parts between them on a
 * log scale, whatever the population, so that two histograms can be laid over each other; what takes less than a
 * millisecond is in one bucket from 0.
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
         max(CASE WHEN duration_ms < 1 THEN 0 ELSE log10(duration_ms) END)
           - min(CASE WHEN duration_ms < 1 THEN 0 ELSE log10(duration_ms) END) AS decades
       FROM flagged`,
    )
    const parts = Number(all?.decades) * FINE <= MAX_BUCKETS ? FINE : COARSE
    const rows = await query(
      `SELECT CASE WHEN duration_ms < 1 THEN -1 ELSE floor(log10(duration_ms) * ${parts} + 1e-9) END AS bucket, count(*) AS spans,
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
  const byBucket = new Map(rows.map((row) => [Number(row.bucket), row]))
  const [first, last] = [Number(rows[0]?.bucket), Number(rows.at(-1)?.bucket)]
  if (rows.length === 0) return []
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const row = byBucket.get(first + at)
    return {
      fromMillis: boundOf(first + at, parts),
      toMillis: boundOf(first + at + 1, parts),
      count: Number(row?.spans ?? 0),
      failed: Number(row?.failed ?? 0),
      selected: Number(row?.selected ?? 0),
    }
  })
}

const boundOf = (bucket: number, parts: number): number =>
  bucket < 0 ? 0 : Number((10 ** (bucket / parts)).toPrecision(12))
