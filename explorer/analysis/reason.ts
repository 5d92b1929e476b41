import type { Whole } from './candidate.ts'
import { MIN_SUPPORT } from './read-names.ts'
import type { Tested } from './tests.ts'

/** Why nothing passes, in a sentence or two that say what may help. */
export const reasonOf = ({ count, selected }: Whole, rows: readonly Tested[]): string => {
  if (count === 0) return 'There is no finished span here: choose another operation, a longer time or fewer filters.'
  if (selected < MIN_SUPPORT) {
    return `Only ${selected} of ${count} spans are selected, and it takes at least ${MIN_SUPPORT} to tell what they have in common from chance: select more, or take a longer time.`
  }
  if (count - selected < MIN_SUPPORT) {
    return `All but ${count - selected} of ${count} spans are selected, so that there is nothing to compare them with: select fewer.`
  }
  const [best] = rows
  if (best === undefined) {
    return 'There is nothing to compare: every attribute is the same on all spans, or is left out.'
  }
  return `Nothing differs more between the selected spans and the others than chance explains: of ${rows.length} comparisons the best would be chance with a probability of ${best.pValue.toPrecision(2)}${best.qValue < 0.05 ? ', but the difference is too small to matter' : ''}.`
}
