import type { Share } from '../api/correlations.ts'
import type { Merged } from './merge-marks.ts'
import { portion, scoreOf } from './score.ts'
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts'
import { fisher } from './statistics/fisher.ts'

export interface Tested extends Merged {
  readonly selected: Share
  readonly others: Share
  readonly score: number
  readonly pValue: number
  readonly qValue: number
  readonly isPassing: boolean
}

/** Of what passes, one in twenty is expected to be chance. */
const MAX_Q = 0.05
/** Below this difference of the shares, and of their ratio, it may be sure and is still nothing to act on. */
const MIN_DIFFERENCE = 0.05
const MIN_SCORE = 0.1

/** Tests each row against chance; the strongest first. */
export const tested = (rows: readonly Merged[]): readonly Tested[] => {
  const tables = rows.map(tableOf)
  const pValues = tables.map(({ selected, others }) =>
    fisher({
      selectedHaving: selected.having,
      selected: selected.of,
      othersHaving: others.having,
      others: others.of,
    }),
  )
  const qValues = benjaminiHochberg(pValues)
  return rows
    .flatMap((row, at) => {
      const [table, pValue, qValue] = [tables[at], pValues[at], qValues[at]]
      return table && pValue !== undefined && qValue !== undefined ? [testedOf(row, table, pValue, qValue)] : []
    })
    .sort((a, b) => a.pValue - b.pValue || strengthOf(b) - strengthOf(a))
}

interface Shares {
  readonly selected: Share
  readonly others: Share
}

const testedOf = (row: Merged, { selected, others }: Shares, pValue: number, qValue: number): Tested => {
  const score = scoreOf(selected, others)
  const difference = Math.abs(portion(selected) - portion(others))
  const isPassing = qValue < MAX_Q && difference >= MIN_DIFFERENCE && Math.abs(score) >= MIN_SCORE
  return { ...row, selected, others, score, pValue, qValue, isPassing }
}

const tableOf = ({ having, selectedHaving, within }: Merged): Shares => ({
  selected: { having: selectedHaving, of: within.selected },
  others: { having: having - selectedHaving, of: within.count - within.selected },
})

/** Where both probabilities are too small for a number: what differs more. */
const strengthOf = ({ selected, others }: Shares): number => Math.abs(portion(selected) - portion(others))
