import type { Row, RunQuery } from '../warehouse/rows.ts'
import { binLabel } from './bin-label.ts'
import type { Candidate, Whole } from './candidate.ts'
import { type CountedName, MIN_SUPPORT } from './read-names.ts'

/** What marks enough spans, and not too many, of those names that are not left out. */
export const readCandidates = async (
  query: RunQuery,
  whole: Whole,
  names: readonly CountedName[],
): Promise<readonly Candidate[]> => {
  const left = names.flatMap(({ leftOut }) => (leftOut === undefined ? [] : [`${leftOut.scope} ${leftOut.name}`]))
  const rows = await query(ROWS, {
    left: JSON.stringify(left),
    least: MIN_SUPPORT,
    most: whole.count - MIN_SUPPORT,
  })
  const withins = new Map(names.map((name) => [idOf(name), name]))
  const presenceNo = new Map(names.filter(({ name }) => name === '*').map(({ scope, itemNo }) => [scope, itemNo]))
  const counted = rows.map((row) => candidateOf(row, withins, presenceNo, whole))
  const named = names.flatMap((name) => nameCandidate(name, whole))
  const absences = [...counted.filter(({ name }) => name === '*'), ...named].map(absenceOf)
  return [...counted, ...named, ...absences].filter(
    ({ having, within }) => having >= MIN_SUPPORT && having <= within.count - MIN_SUPPORT,
  )
}

const idOf = ({ scope, name }: { readonly scope: string; readonly name: string }): string =>
  JSON.stringify([scope, name])

const nameCandidate = ({ scope, name, leftOut, total, itemNo }: CountedName, whole: Whole): readonly Candidate[] =>
  total === undefined || leftOut !== undefined || name === '*'
    ? []
    : [{ scope, name, isAbsent: false, within: whole, ...total, source: { kind: 'self', by: 'name', itemNo } }]

/** What is not there is the rest of what it is looked for on. */
const absenceOf = (candidate: Candidate): Candidate => ({
  ...candidate,
  isAbsent: true,
  having: candidate.within.count - candidate.having,
  selectedHaving: candidate.within.selected - candidate.selectedHaving,
  signature: candidate.within.signature ^ candidate.signature,
})

const candidateOf = (
  row: Row,
  withins: ReadonlyMap<string, CountedName>,
  presenceNo: ReadonlyMap<string, number>,
  whole: Whole,
): Candidate => {
  const kind = row.kind === 'self' ? 'self' : 'others'
  const name = String(row.name)
  const isBin = row.is_bin === true
  const scope = kind === 'self' ? 'self' : String(row.operation)
  const withinNo = name === '*' ? undefined : presenceNo.get(scope)
  return {
    scope,
    name,
    within: withins.get(idOf({ scope, name }))?.within ?? whole,
    ...(isBin
      ? { value: binLabel(Number(row.low), Number(row.high)) }
      : name === '*'
        ? {}
        : { value: String(row.value) }),
    isAbsent: false,
    having: Number(row.marked),
    selectedHaving: Number(row.selected),
    signature: BigInt(String(row.signature)),
    source: {
      kind,
      by: isBin ? 'bin' : 'item',
      itemNo: Number(row.item_no),
      ...(kind === 'self' || withinNo === undefined ? {} : { withinNo }),
    },
  }
}

/** The item `*` of the spans themselves says nothing: all have it. */
const ROWS = `
SELECT c.kind, item_no, operation, name, value, i.kind = 'bin' AS is_bin, low, high, marked, selected,
  signature::VARCHAR AS signature
FROM counted c JOIN items i USING (item_no) LEFT JOIN bins USING (item_no)
WHERE marked BETWEEN $least AND $most
  AND (CASE c.kind WHEN 'self' THEN 'self' ELSE operation END || ' ' || name)
    NOT IN (SELECT unnest(from_json($left, '["VARCHAR"]')))
ORDER BY ALL`
