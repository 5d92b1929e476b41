import type { Correlation, Correlations, Mark } from '../api/correlations.ts'
import { filterOf, type Query, textOf } from '../query.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Candidate } from './candidate.ts'
import { compare } from './compare.ts'
import { type Medians, mediansOf } from './medians.ts'
import { reasonOf } from './reason.ts'
import type { Tested } from './tests.ts'

/** As many rows as are shown; what is beyond them is counted. */
const MAX_PASSING = 40
const MAX_WEAK = 20

/**
 * What the selected spans have in common and the others of the population do not: on themselves, and on the other spans
 * of their traces. The counting is DuckDB's, over whole numbers; only counts come out of it.
 */
export const correlations = async (warehouse: Warehouse, asked: Query): Promise<Correlations> => {
  await warehouse.index()
  return warehouse.snapshot(async (query) => {
    const { whole, names, rows } = await compare(query, asked)
    const passing = rows.filter(({ isPassing }) => isPassing)
    const shown = [...passing.slice(0, MAX_PASSING), ...rows.filter((row) => !row.isPassing).slice(0, MAX_WEAK)]
    const medians = await mediansOf(query, shown)
    const told = shown.map((row, at) => ({ isPassing: row.isPassing, correlation: correlationOf(row, medians[at]) }))
    const { count, failed, selected, minMillis, maxMillis } = whole
    return {
      population: { operation: asked.operation, count, failed },
      selection: {
        kind: asked.selection.kind,
        count: selected,
        ...(minMillis === undefined ? {} : { minMillis }),
        ...(maxMillis === undefined ? {} : { maxMillis }),
      },
      passing: told.flatMap(({ isPassing, correlation }) => (isPassing ? [correlation] : [])),
      weak: told.flatMap(({ isPassing, correlation }) => (isPassing ? [] : [correlation])),
      ...(passing.length > 0 ? {} : { reason: reasonOf(whole, rows) }),
      tests: rows.length,
      leftOut: names.flatMap(({ leftOut }) => leftOut ?? []),
      cut: rows.length - shown.length,
    }
  })
}

const correlationOf = (row: Tested, { withMillis, withoutMillis }: Medians = {}): Correlation => ({
  marks: row.marks.map(markOf),
  selected: row.selected,
  others: row.others,
  score: row.score,
  pValue: row.pValue,
  qValue: row.qValue,
  ...(withMillis === undefined ? {} : { medianWithMillis: withMillis }),
  ...(withoutMillis === undefined ? {} : { medianWithoutMillis: withoutMillis }),
})

const markOf = (candidate: Candidate): Mark => {
  const { scope, name, value, isAbsent } = candidate
  const filter = filterTextOf(candidate)
  return {
    scope,
    name,
    ...(value === undefined ? {} : { value }),
    isAbsent,
    ...(filter === undefined ? {} : { filter }),
  }
}

/** None for a bin, nor for what a filter cannot say: an operation with a colon, an endless value. */
const filterTextOf = ({ scope, name, value, isAbsent, source }: Candidate): string | undefined => {
  if (source.by === 'bin') return undefined
  const text = textOf({ scope, name, ...(value === undefined ? {} : { value }), isNot: isAbsent })
  try {
    const read = filterOf(text)
    return read.scope === scope && read.name === name ? text : undefined
  } catch {
    return undefined
  }
}
