import type { Query } from '../query.ts'
import type { RunQuery } from '../warehouse/rows.ts'
import type { Whole } from './candidate.ts'
import { countValues } from './count-values.ts'
import { mergeMarks } from './merge-marks.ts'
import { readCandidates } from './read-candidates.ts'
import { type CountedName, readNames } from './read-names.ts'
import { selectionSql } from './selection.ts'
import { type Tested, tested } from './tests.ts'

export interface Compared {
  readonly whole: Population
  readonly names: readonly CountedName[]
  /** The strongest first. */
  readonly rows: readonly Tested[]
}

interface Population extends Whole {
  readonly failed: number
  /** The shortest and the longest duration of the selected ones, where there are any. */
  readonly minMillis?: number
  readonly maxMillis?: number
}

/** Compares the selected spans with the others by everything that marks enough of them; leaves temporary tables behind. */
export const compare = async (query: RunQuery, asked: Query): Promise<Compared> => {
  const whole = await flag(query, asked)
  await countValues(query, asked.operation)
  const names = await readNames(query, whole, asked)
  const rows = tested(mergeMarks(await readCandidates(query, whole, names)))
  return { whole, names, rows }
}

/** Makes the temporary table `flagged`: the population, with what is selected and a hash of each span. */
const flag = async (query: RunQuery, asked: Query): Promise<Population> => {
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
  const selected = Number(row?.selected)
  return {
    count: Number(row?.spans),
    failed: Number(row?.failed),
    selected,
    signature: BigInt(String(row?.signature)),
    ...(selected === 0 ? {} : { minMillis: Number(row?.least), maxMillis: Number(row?.most) }),
  }
}
