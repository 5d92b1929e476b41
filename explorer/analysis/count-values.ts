import type { RunQuery } from '../warehouse/rows.ts'

/**
 * Fills the temporary table `counted(kind, item_no, marked, selected, signature)`: of every item how many of the spans in
 * the temporary table `flagged` have it themselves (`self`), and for how many another span of their trace has it
 * (`others`).
 *
 * What another span has is counted by trace: for every span of the population in a trace that has the item, less the one
 * that has it alone. So no pair of spans is ever looked at.
 */
export const countValues = async (query: RunQuery, operation: string): Promise<void> => {
  await query(
    `CREATE OR REPLACE TEMP TABLE by_trace AS
       SELECT trace_no, count(*)::INTEGER AS spans, count_if(is_selected)::INTEGER AS selected, bit_xor(hash) AS hash
       FROM flagged GROUP BY trace_no`,
  )
  const areAlone = await areAloneInTraces(query, operation)
  await query(
    `CREATE OR REPLACE TEMP TABLE counted AS
       ${SELF}
       UNION ALL
       ${areAlone ? OTHERS_OF_ALONE : OTHERS}`,
    areAlone ? { operation } : {},
  )
}

/** Whether no trace has two spans of the operation. */
const areAloneInTraces = async (query: RunQuery, operation: string): Promise<boolean> => {
  const [most] = await query(
    `SELECT coalesce(max(t.spans), 0) AS spans FROM trace_items t SEMI JOIN by_trace USING (trace_no)
     WHERE item_no = (SELECT item_no FROM items WHERE operation = $operation AND name = '*' AND kind = 'value')`,
    { operation },
  )
  return Number(most?.spans) <= 1
}

const SELF = `
SELECT 'self' AS kind, item_no, count(*) AS marked, count_if(is_selected)::BIGINT AS selected, bit_xor(hash) AS signature
FROM marks JOIN flagged USING (span_no) GROUP BY item_no`

const OF_TRACES = `
SELECT item_no, b.spans AS marked, b.selected, b.hash AS signature
FROM trace_items t JOIN by_trace b USING (trace_no)`

const LESS_ALONE = `
SELECT t.item_no, -1, -(is_selected::INTEGER), hash
FROM trace_items t JOIN flagged f ON f.span_no = t.alone_no`

const OTHERS = `
SELECT 'others', item_no, sum(marked)::BIGINT AS marked, sum(selected)::BIGINT, bit_xor(signature)
FROM (${OF_TRACES} UNION ALL ${LESS_ALONE}) GROUP BY item_no HAVING sum(marked) > 0`

/** Then none has another one of it. After the counting, since it takes far longer before. */
const OTHERS_OF_ALONE = `
SELECT 'others', item_no, marked, selected, signature FROM (
  SELECT item_no, sum(marked)::BIGINT AS marked, sum(selected)::BIGINT AS selected, bit_xor(signature) AS signature
  FROM (${OF_TRACES}) GROUP BY item_no
) ANTI JOIN (SELECT item_no FROM items WHERE operation = $operation) USING (item_no)`
