import type { Correlation, Correlations, Mark } from '../api.ts'
import { filterOf, type Query, textOf } from '../query.ts'
import type { RunQuery } from '../warehouse/rows.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { Candidate, Whole } from './candidate.ts'
import { countBins } from './count-bins.ts'
import { countValues } from './count-values.ts'
import { mediansOf } from './medians.ts'
import { mergeMarks } from './merge-marks.ts'
import { readCandidates } from './read-candidates.ts'
import { readNames } from './read-names.ts'
import { reasonOf } from './reason.ts'
import { selectionSql } from './selection.ts'
import { type Tested, tested } from './tests.ts'

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
    const whole = await flag(query, asked)
    await countValues(query, asked.operation)
    await countBins(query)
    const names = await readNames(query, whole, asked)
    const rows = tested(mergeMarks(await readCandidates(query, whole, names), whole), whole)
    const passing = rows.filter(({ isPassing }) => isPassing)
    const weak = rows.filter(({ isPassing }) => !isPassing)
    const shown = [passing.slice(0, MAX_PASSING), weak.slice(0, MAX_WEAK)] as const
    const reason = passing.length > 0 ? undefined : reasonOf(whole, rows)
    return {
      ...whole.told,
      passing: await correlationsOf(query, shown[0]),
      weak: await correlationsOf(query, shown[1]),
      ...(reason === undefined ? {} : { reason }),
      tests: rows.length,
      leftOut: names.flatMap(({ leftOut }) => leftOut ?? []),
      cut: rows.length - shown[0].length - shown[1].length,
    }
  })
}

type Told = Pick<Correlations, 'population' | 'selection'>

/** Makes the temporary table `flagged`: the population, with what is selected and a hash of each span. */
const flag = async (query: RunQuery, asked: Query): Promise<Whole & { readonly told: Told }> => {
  const { text, parameters } = selectionSql(asked)
  await query(
    `CREATE OR REPLACE TEMP TABLE flagged AS
       WITH ${text} SELECT span_no, trace_no, duration_ms, is_error, is_selected, hash(span_no) AS hash FROM flagged`,
    parameters,
  )
  const [row] = await query(
    `SELECT count(*) AS spans, count_if(is_error) AS failed, count_if(is_selected) AS selected,
       coalesce(bit_xor(hash), 0)::VARCHAR AS signature,
       min(duration_ms) FILTER (is_selected) AS least, max(duration_ms) FILTER (is_selected) AS most
     FROM flagged`,
  )
  const [count, selected] = [Number(row?.spans), Number(row?.selected)]
  return {
    count,
    selected,
    signature: BigInt(String(row?.signature)),
    told: {
      population: { operation: asked.operation, count, failed: Number(row?.failed) },
      selection: {
        kind: asked.selection.kind,
        count: selected,
        ...(selected === 0 ? {} : { minMillis: Number(row?.least), maxMillis: Number(row?.most) }),
      },
    },
  }
}

const correlationsOf = async (query: RunQuery, rows: readonly Tested[]): Promise<readonly Correlation[]> => {
  const correlations: Correlation[] = []
  for (const row of rows) {
    const { withMillis, withoutMillis } = await mediansOf(query, row)
    correlations.push({
      marks: row.marks.map(markOf),
      selected: row.selected,
      others: row.others,
      score: row.score,
      pValue: row.pValue,
      qValue: row.qValue,
      ...(withMillis === undefined ? {} : { medianWithMillis: withMillis }),
      ...(withoutMillis === undefined ? {} : { medianWithoutMillis: withoutMillis }),
    })
  }
  return correlations
}

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
