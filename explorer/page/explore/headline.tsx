import type { JSX } from 'preact'
import type { Correlation } from '../../api/correlations.ts'
import type { Query } from '../../query.ts'
import { formatShare, shareOf } from '../ui/format.ts'
import { MarkWords } from './mark-words.tsx'
import { Outcome } from './outcome.tsx'
import { selectionWords } from './question.ts'

interface HeadlineProps {
  readonly query: Query
  readonly finding: Correlation
}

/** The first finding in one sentence that can be said in a meeting. */
export const Headline = ({ query, finding }: HeadlineProps): JSX.Element | null => {
  const [mark] = finding.marks
  if (mark === undefined) return null
  const [selected, others] = [shareOf(finding.selected), shareOf(finding.others)]
  const words = selectionWords(query)
  const verb = mark.scope === 'self' && mark.isAbsent ? 'lack' : 'have'
  return (
    <p class="headline">
      {words.charAt(0).toUpperCase() + words.slice(1)}s {selected > others ? 'more' : 'less'} often {verb}{' '}
      <MarkWords mark={mark} operation={query.operation} isInSentence />: <strong>{formatShare(selected)}</strong> of
      them, <strong>{formatShare(others)}</strong> of the others. <Outcome query={query} finding={finding} />
    </p>
  )
}
