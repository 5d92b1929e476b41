import type { Query } from '../query.ts'
import type { Row, RunQuery } from '../warehouse/rows.ts'
import type { LeftOut, Whole } from './candidate.ts'
import { restates } from './restating.ts'

/** On fewer spans than this, or on all but fewer, a mark cannot be told from chance. */
export const MIN_SUPPORT = 5
/** A name with more values than this tells things apart rather than groups them. */
const MAX_VALUES = 500

/** An attribute of the spans themselves or of those of an operation, with how many of the population have it. */
export interface CountedName {
  readonly kind: 'self' | 'others'
  readonly scope: string
  readonly name: string
  readonly leftOut?: LeftOut
  /** Undefined where a span may have several of its values, so that they cannot be added up. */
  readonly total?: { readonly having: number; readonly selectedHaving: number; readonly signature: bigint }
  readonly itemNo: number
  readonly within: Whole
}

/** The names in `counted`, and those that are left out by rule. */
export const readNames = async (query: RunQuery, whole: Whole, asked: Query): Promise<readonly CountedName[]> => {
  const rows = await query(NAMES, {
    operation: asked.operation,
    least: MIN_SUPPORT,
    spans: whole.count,
  })
  return rows.map((row) => countedName(row, whole, asked))
}

const countedName = (row: Row, whole: Whole, asked: Query): CountedName => {
  const kind = row.kind === 'self' ? 'self' : 'others'
  const scope = kind === 'self' ? 'self' : String(row.operation)
  const name = String(row.name)
  const within = row.within_spans === null ? whole : withinOf(row)
  const reason = reasonOf(row, kind, within, asked)
  const isSummable = kind === 'self' && row.is_list !== true && row.signature !== null
  return {
    kind,
    scope,
    name,
    itemNo: Number(row.item_no),
    within,
    ...(reason === undefined ? {} : { leftOut: { scope, name, reason } }),
    ...(isSummable
      ? {
          total: {
            having: Number(row.marked),
            selectedHaving: Number(row.selected),
            signature: BigInt(String(row.signature)),
          },
        }
      : {}),
  }
}

const withinOf = (row: Row): Whole => ({
  count: Number(row.within_spans),
  selected: Number(row.within_selected),
  signature: BigInt(String(row.within_signature)),
})

const reasonOf = (
  row: Row,
  kind: CountedName['kind'],
  whole: Whole,
  { selection, operation }: Query,
): string | undefined => {
  const [values, having] = [Number(row.distinct_values), Number(row.marked)]
  // What has failed is done again: the other one is there because of the failure, and is like it in all else.
  if (kind === 'others' && selection.kind === 'failed' && row.operation === operation) return 'follows from a failure'
  if (row.name === '*') return undefined
  if (row.is_left_out === true) return 'tells one from all others, or is text'
  if (kind === 'self' && restates(String(row.name), selection)) return 'says again what the spans are selected by'
  if (values > MAX_VALUES) return `has ${values} different values`
  // That it is missing on some may tell something although its one value does not.
  if (Number(row.telling) > 0 || (kind === 'self' && having <= whole.count - MIN_SUPPORT && having >= MIN_SUPPORT)) {
    return undefined
  }
  if (values === 1 && having >= whole.count) return 'is the same on all'
  return `has no value on at least ${MIN_SUPPORT} spans that as many do not have`
}

const NAMES = `
WITH withins AS (
  SELECT operation, marked AS within_spans, selected AS within_selected, signature::VARCHAR AS within_signature
  FROM counted c JOIN items i USING (item_no) WHERE c.kind = 'others' AND name = '*'
)
SELECT c.kind, operation, name, min(item_no) AS item_no, count(*) AS distinct_values, sum(marked)::BIGINT AS marked,
  sum(selected)::BIGINT AS selected, bit_xor(signature)::VARCHAR AS signature,
  count_if(marked BETWEEN $least AND coalesce(within_spans, $spans) - $least) AS telling, false AS is_left_out,
  (operation, name) IN (SELECT (operation, name) FROM items WHERE kind = 'list') AS is_list,
  any_value(within_spans) AS within_spans, any_value(within_selected) AS within_selected,
  any_value(within_signature) AS within_signature
FROM (
  SELECT c.kind, item_no, operation, name, marked, selected, signature,
    CASE WHEN c.kind = 'others' AND name <> '*' THEN operation END AS within
  FROM counted c JOIN items i USING (item_no)
) c
LEFT JOIN (SELECT operation AS within, * EXCLUDE (operation) FROM withins) USING (within)
GROUP BY c.kind, operation, name
UNION ALL
SELECT 'self', operation, name, item_no, 0, 0, 0, NULL, 0, true, false, NULL, NULL, NULL
FROM items WHERE kind = 'left_out' AND operation = $operation
UNION ALL
SELECT 'others', operation, name, item_no, 0, 0, 0, NULL, 0, true, false, NULL, NULL, NULL
FROM items WHERE kind = 'left_out' AND operation IN (SELECT operation FROM withins)
ORDER BY ALL`
