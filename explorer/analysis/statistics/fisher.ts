import { logHypergeometric } from './hypergeometric.ts'

/** Of the selected ones and of the others: how many have the mark, of how many. Whole numbers. */
export interface Table {
  readonly selectedHaving: number
  readonly selected: number
  readonly othersHaving: number
  readonly others: number
}

/** Outcomes whose probabilities differ by no more than rounding does are as likely as each other. */
const TIE = 1e-10

/**
 * Fisher's exact test, two-sided: how probable an outcome is that is as unlikely as this one or more so, were the mark
 * dealt out by chance.
 */
export const fisher = ({ selectedHaving, selected, othersHaving, others }: Table): number => {
  const having = selectedHaving + othersHaving
  const outcomes: Outcomes = { marked: having, unmarked: selected + others - having, drawn: selected }
  const [least, most] = [Math.max(0, selected - outcomes.unmarked), Math.min(selected, having)]
  if (least === most) return 1
  const observed = logProbability(selectedHaving, outcomes)
  const mode = Math.min(most, Math.max(least, Math.floor(((selected + 1) * (having + 1)) / (selected + others + 2))))
  const isAtMost = (x: number) => logProbability(x, outcomes) <= observed + TIE
  if (isAtMost(mode)) return 1
  // From the mode the probabilities fall to both sides.
  const low = selectedHaving <= mode ? selectedHaving : lastOf(least - 1, mode, isAtMost)
  const high = selectedHaving >= mode ? selectedHaving : -lastOf(-(most + 1), -mode, (x) => isAtMost(-x))
  return Math.min(1, tail(low, least, -1, outcomes) + tail(high, most, 1, outcomes))
}

interface Outcomes {
  readonly marked: number
  readonly unmarked: number
  readonly drawn: number
}

const logProbability = (x: number, { marked, unmarked, drawn }: Outcomes): number =>
  logHypergeometric(x, marked, unmarked, drawn)

/** The last whole number from `from` (where it holds, or which is outside) to before `to` for which it holds. */
const lastOf = (from: number, to: number, holds: (x: number) => boolean): number => {
  let [yes, no] = [from, to]
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2)
    if (holds(middle)) yes = middle
    else no = middle
  }
  return yes
}

/** The probability of all outcomes from one to the end of its side, by the ratios of neighbours. */
const tail = (from: number, end: number, step: 1 | -1, outcomes: Outcomes): number => {
  if (from * step > end * step) return 0
  let term = 1
  let sum = 1
  for (let x = from; x !== end; x += step) {
    term *= ratio(x, step, outcomes)
    sum += term
    if (term < sum * 1e-17) break
  }
  return Math.exp(logProbability(from, outcomes)) * sum
}

/** How much likelier the next outcome is. */
const ratio = (x: number, step: number, { marked, unmarked, drawn }: Outcomes): number =>
  step > 0
    ? ((marked - x) * (drawn - x)) / ((x + 1) * (unmarked - drawn + x + 1))
    : (x * (unmarked - drawn + x)) / ((marked - x + 1) * (drawn - x + 1))
