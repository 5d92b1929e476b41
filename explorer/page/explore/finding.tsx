import type { JSX } from 'preact'
import type { Correlation } from '../../api/correlations.ts'
import { formatScore } from '../ui/format.ts'
import type { ExploreState } from './explore-state.ts'
import { FindingActions } from './finding-actions.tsx'
import { FindingDetail } from './finding-detail.tsx'
import { MarkWords } from './mark-words.tsx'
import { Outcome } from './outcome.tsx'
import { SharePair } from './share-pair.tsx'

interface FindingProps {
  readonly state: ExploreState
  readonly finding: Correlation
  /** The strongest is 1. */
  readonly number: number
}

const SCORE = 'Score: +1 only in the selection, 0 as often in it as outside, −1 never in it'

export const Finding = ({ state, finding, number }: FindingProps): JSX.Element | null => {
  const { operation } = state.query
  const [first, ...same] = finding.marks
  if (first === undefined) return null
  return (
    <article class="finding">
      <div class="finding-head">
        <h3>
          <MarkWords mark={first} operation={operation} />
        </h3>
        <span class={`score ${finding.score < 0 ? 'is-negative' : ''}`} title={SCORE}>
          <span class="hidden">Score </span>
          {formatScore(finding.score)}
        </span>
      </div>
      {same.length === 0 ? null : (
        <p class="same">
          the same {same.length === 1 ? 'as' : `as ${same.length} others, such as`}{' '}
          {same[0] === undefined ? null : <MarkWords mark={same[0]} operation={operation} />}
        </p>
      )}
      <SharePair selected={finding.selected} others={finding.others} />
      <p class="outcome">
        <Outcome query={state.query} finding={finding} />
      </p>
      <div class="finding-foot">
        <FindingActions state={state} mark={first} />
        <FindingDetail {...{ state, finding, number }} />
      </div>
    </article>
  )
}
