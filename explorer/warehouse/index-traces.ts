import type { DuckDBConnection } from '@duckdb/node-api'
import { divideTraces } from '../analysis/path/divide-traces.ts'
import { INDEX_DELIVERIES } from './index-deliveries.ts'
import type { RunQuery } from './rows.ts'

/** Bounds of bins: a fifth of the numbers in each, as far as they differ. */
const QUANTILES = [0.2, 0.4, 0.6, 0.8]
/** Bounds are drawn anew when there are so many times as many numbers as when they were drawn, or so many times fewer. */
const GROWTH = 1.25

/**
 * Of the traces that were written to since: puts their numbers into bins, counts their items, notes what their deploys
 * brought, and divides their spans' time.
 */
export const indexTraces = async (query: RunQuery, connection: DuckDBConnection): Promise<void> => {
  const [stale] = await query('SELECT count(*) AS traces FROM stale_traces')
  if (stale?.traces === 0) return
  await drawBins(query)
  await query(PLACE_NUMBERS)
  await query(COUNT_ITEMS)
  await query(INDEX_DELIVERIES)
  await divideTraces(connection)
  await query('DELETE FROM stale_traces')
}

const drawBins = async (query: RunQuery): Promise<void> => {
  await query(
    `CREATE OR REPLACE TEMP TABLE drawn AS
       SELECT number_no, spans, [${QUANTILES.map((quantile) => `quantile_disc(value, ${quantile})`).join(', ')}] AS bounds
       FROM (
         SELECT item_no AS number_no, value, count(*) OVER (PARTITION BY item_no) AS spans FROM numbers
         WHERE item_no IN (
           SELECT n.item_no FROM (SELECT item_no, count(*) AS spans FROM numbers GROUP BY item_no) n
           LEFT JOIN (SELECT DISTINCT number_no, counted FROM bins) b ON b.number_no = n.item_no
           WHERE counted IS NULL OR spans > counted * ${GROWTH} OR spans * ${GROWTH} < counted
         )
       ) GROUP BY number_no, spans`,
  )
  await query(DRAW)
}

const BINS = QUANTILES.length + 1

/** A bin from each bound, and one below all of them; where two bounds are the same, one of the bins stays empty. */
const DRAW = `
INSERT INTO items
  SELECT nextval('item_numbers')::INTEGER, 'bin', operation, name, bin::VARCHAR
  FROM (SELECT operation, name, unnest(range(${BINS})) AS bin FROM drawn JOIN items ON item_no = number_no)
  ANTI JOIN (SELECT operation, name, value::BIGINT AS bin FROM items WHERE kind = 'bin') USING (operation, name, bin);
DELETE FROM bins WHERE number_no IN (SELECT number_no FROM drawn);
INSERT INTO bins
  SELECT number_no, b.item_no,
    CASE WHEN b.value = '0' THEN '-infinity'::DOUBLE ELSE bounds[b.value::INTEGER] END,
    CASE WHEN b.value = '${BINS - 1}' THEN 'infinity'::DOUBLE ELSE bounds[b.value::INTEGER + 1] END,
    NULL, NULL, spans
  FROM drawn JOIN items n ON n.item_no = number_no
  JOIN items b ON b.kind = 'bin' AND b.operation = n.operation AND b.name = n.name;
CREATE OR REPLACE TEMP TABLE drawn_items AS SELECT item_no FROM bins WHERE number_no IN (SELECT number_no FROM drawn);`

const PLACE_NUMBERS = `
DELETE FROM marks
  WHERE item_no IN (SELECT item_no FROM drawn_items)
  OR (trace_no IN (SELECT trace_no FROM stale_traces) AND item_no IN (SELECT item_no FROM bins));
INSERT INTO marks
  SELECT n.span_no, n.trace_no, b.item_no
  FROM numbers n JOIN bins b ON b.number_no = n.item_no AND n.value > b.above AND n.value <= b.up_to
  WHERE b.item_no IN (SELECT item_no FROM drawn_items) OR n.trace_no IN (SELECT trace_no FROM stale_traces);
UPDATE bins SET low = seen.low, high = seen.high FROM (
  SELECT b.item_no, min(value) AS low, max(value) AS high
  FROM numbers n JOIN bins b ON b.number_no = n.item_no AND n.value > b.above AND n.value <= b.up_to GROUP BY b.item_no
) seen WHERE seen.item_no = bins.item_no;`

const COUNT_ITEMS = `
DELETE FROM trace_items
  WHERE trace_no IN (SELECT trace_no FROM stale_traces) OR item_no IN (SELECT item_no FROM drawn_items);
INSERT INTO trace_items
  SELECT trace_no, item_no, count(*), CASE WHEN count(*) = 1 THEN min(span_no) END FROM marks
  WHERE trace_no IN (SELECT trace_no FROM stale_traces) OR item_no IN (SELECT item_no FROM drawn_items)
  GROUP BY trace_no, item_no;`
