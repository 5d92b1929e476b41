import type { JSX } from 'preact'
import type { Correlation } from '../../api.ts'
import { formatDuration } from '../../duration.ts'
import type { Query } from '../../query.ts'
import { formatShare, shareOf } from '../ui/format.ts'
import { MarkWords } from './mark-words.tsx'
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
  return (
    <p class="headline">
      {words.charAt(0).toUpperCase() + words.slice(1)}s {selected > others ? 'more' : 'less'} often have{' '}
      <MarkWords mark={mark} operation={query.operation} />: {formatShare(selected)} of them, {formatShare(others)} of
      the others.
      {finding.medianWithMillis === undefined || finding.medianWithoutMillis === undefined ? null : (
        <>
          {' '}
          With it the median is {formatDuration(finding.medianWithMillis)}, without{' '}
          {formatDuration(finding.medianWithoutMillis)}.
        </>
      )}
    </p>
  )
}
