import type { RunQuery } from '../warehouse/rows.ts'

/** Bounds of bins: a fifth of the spans in each, as far as their numbers differ. */
const QUANTILES = [0.2, 0.4, 0.6, 0.8]

/**
 * Fills the temporary tables `bins(kind, item_no, b1, b2, b3, b4)`, the bounds between the bins of each number, by its
 * quantiles in the population, and `counted_bins(kind, item_no, bin, low, high, marked, selected, signature)`, alike to
 * `counted`. Needs `flagged`, `by_trace` and `own`.
 */
export const countBins = async (query: RunQuery): Promise<void> => {
  await query(
    `CREATE OR REPLACE TEMP TABLE own_numbers AS
       SELECT span_no, n.item_no, n.value, is_selected, hash FROM numbers n JOIN flagged USING (span_no)`,
  )
  await query(
    `CREATE OR REPLACE TEMP TABLE trace_numbers AS
       SELECT n.trace_no, n.span_no, n.item_no, n.value, b.spans, b.selected, b.hash FROM numbers n JOIN by_trace b USING (trace_no)`,
  )
  await query(
    `CREATE OR REPLACE TEMP TABLE bins AS
       SELECT kind, item_no, q[1] AS b1, q[2] AS b2, q[3] AS b3, q[4] AS b4 FROM (
         SELECT 'self' AS kind, item_no, quantile_disc(value, [${QUANTILES}]) AS q FROM own_numbers GROUP BY item_no
         UNION ALL
         SELECT 'others', item_no, quantile_disc(value, [${QUANTILES}]) FROM trace_numbers GROUP BY item_no
       )`,
  )
  await query(`CREATE OR REPLACE TEMP TABLE counted_bins AS ${SELF} UNION ALL ${OTHERS}`)
}

/** The number of the bin, from 0: how many of the bounds are below the value. */
export const BIN = '(value > b1)::INTEGER + (value > b2)::INTEGER + (value > b3)::INTEGER + (value > b4)::INTEGER'

const SELF = `
SELECT 'self' AS kind, item_no, ${BIN} AS bin, min(value) AS low, max(value) AS high,
  count(*) AS marked, count_if(is_selected)::BIGINT AS selected, bit_xor(hash) AS signature
FROM own_numbers JOIN bins USING (item_no) WHERE kind = 'self'
GROUP BY item_no, bin`

/** As in `count-values.ts`: for every span of the population in the trace, less the one that has it alone. */
const OTHERS = `
SELECT 'others', item_no, bin, min(low), max(high), sum(marked)::BIGINT, sum(selected)::BIGINT, bit_xor(signature)
FROM (
  SELECT item_no, bin, low, high, h.spans - (f.span_no IS NOT NULL)::INTEGER AS marked,
    h.selected - coalesce(f.is_selected, false)::INTEGER AS selected, xor(h.hash, coalesce(f.hash, 0)) AS signature
  FROM (
    SELECT trace_no, item_no, ${BIN} AS bin, min(value) AS low, max(value) AS high, any_value(spans) AS spans,
      any_value(selected) AS selected, any_value(hash) AS hash, CASE WHEN count(*) = 1 THEN min(span_no) END AS alone_no
    FROM trace_numbers JOIN bins USING (item_no) WHERE kind = 'others'
    GROUP BY trace_no, item_no, bin
  ) h LEFT JOIN flagged f ON f.span_no = h.alone_no
)
GROUP BY item_no, bin
HAVING sum(marked) > 0`
