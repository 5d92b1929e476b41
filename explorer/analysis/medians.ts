import type { RunQuery } from '../warehouse/rows.ts'
import type { Merged } from './merge-marks.ts'

export interface Medians {
  readonly withMillis?: number
  readonly withoutMillis?: number
}

/** The median durations of the spans that have a mark and of those that do not. Needs what counting has left behind. */
export const mediansOf = async (query: RunQuery, { source, isAbsent }: Merged): Promise<Medians> => {
  const { kind, by, itemNo, bin } = source
  const rows = await query(
    `SELECT span_no IN (${MEMBERS[kind][by]}) AS has, quantile_cont(duration_ms, 0.5) AS median
     FROM flagged GROUP BY has`,
    { item_no: itemNo, ...(bin === undefined ? {} : { bin }) },
  )
  const medianOf = (has: boolean): number | undefined => {
    const median = rows.find((row) => row.has === has)?.median
    return typeof median === 'number' ? median : undefined
  }
  const [withMillis, withoutMillis] = [medianOf(!isAbsent), medianOf(isAbsent)]
  return {
    ...(withMillis === undefined ? {} : { withMillis }),
    ...(withoutMillis === undefined ? {} : { withoutMillis }),
  }
}

const SAME_NAME = `SELECT item_no FROM items i JOIN items named USING (operation, name) WHERE named.item_no = $item_no`
const BIN = '(value > b1)::INTEGER + (value > b2)::INTEGER + (value > b3)::INTEGER + (value > b4)::INTEGER'

/** Spans of the population in the traces of what is held, but a span that holds it alone is not its own other. */
const othersOf = (holders: string): string => `
SELECT f.span_no FROM flagged f JOIN (
  SELECT trace_no, CASE WHEN count(*) = 1 THEN min(span_no) END AS alone_no FROM (${holders}) GROUP BY trace_no
) h USING (trace_no) WHERE h.alone_no IS DISTINCT FROM f.span_no`

const MEMBERS = {
  self: {
    item: 'SELECT span_no FROM marks WHERE item_no = $item_no',
    bin: `SELECT span_no FROM own_numbers JOIN bins USING (item_no)
          WHERE kind = 'self' AND item_no = $item_no AND ${BIN} = $bin`,
    name: `SELECT span_no FROM marks WHERE item_no IN (${SAME_NAME})
           UNION ALL SELECT span_no FROM numbers WHERE item_no IN (${SAME_NAME})`,
  },
  others: {
    item: othersOf('SELECT trace_no, span_no FROM marks WHERE item_no = $item_no'),
    bin: othersOf(`SELECT trace_no, span_no FROM trace_numbers JOIN bins USING (item_no)
                   WHERE kind = 'others' AND item_no = $item_no AND ${BIN} = $bin`),
    name: 'SELECT NULL::INTEGER',
  },
} as const
