import type { JSX } from 'preact'
import type { Correlation } from '../../api/correlations.ts'
import { formatDuration } from '../../duration.ts'
import type { Query } from '../../query.ts'
import { formatShare, shareOf } from '../ui/format.ts'

interface OutcomeProps {
  readonly query: Query
  readonly finding: Correlation
}

/** What it comes to: how long it takes with and without, or, of the failed ones, how often it fails. */
export const Outcome = ({ query, finding }: OutcomeProps): JSX.Element | null => {
  const { medianWithMillis, medianWithoutMillis, selected, others } = finding
  if (query.selection.kind === 'failed') {
    const having = selected.having + others.having
    const failing = { having: selected.having, of: having }
    const rest = { having: selected.of - selected.having, of: selected.of + others.of - having }
    return (
      <>
        With it <strong>{formatShare(shareOf(failing))}</strong> fail, without{' '}
        <strong>{formatShare(shareOf(rest))}</strong>.
      </>
    )
  }
  if (medianWithMillis === undefined || medianWithoutMillis === undefined) return null
  return (
    <>
      The median is <strong>{formatDuration(medianWithMillis)}</strong> with it,{' '}
      <strong>{formatDuration(medianWithoutMillis)}</strong> without.
    </>
  )
}
