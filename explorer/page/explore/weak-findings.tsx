import type { JSX } from 'preact'
import type { Correlation } from '../../api/correlations.ts'
import { formatCount, formatProbability, formatScore, formatShare, shareOf } from '../ui/format.ts'
import type { ExploreState } from './explore-state.ts'
import { FindingActions } from './finding-actions.tsx'
import { Fold } from './fold.tsx'
import { MarkWords } from './mark-words.tsx'

interface WeakFindingsProps {
  readonly state: ExploreState
  readonly weak: readonly Correlation[]
}

/** What may well be chance: there to be looked at, not in the way. */
export const WeakFindings = ({ state, weak }: WeakFindingsProps): JSX.Element => (
  <Fold state={state} part="weak" summary={`${formatCount(weak.length, 'weak one')} that may be chance`}>
    <ul class="weak">
      {weak.map((finding) => (
        <WeakFinding
          key={finding.marks.map(({ scope, name, value }) => `${scope}:${name}=${value}`).join()}
          {...{ state, finding }}
        />
      ))}
    </ul>
  </Fold>
)

const WeakFinding = ({
  state,
  finding,
}: {
  readonly state: ExploreState
  readonly finding: Correlation
}): JSX.Element | null => {
  const [mark] = finding.marks
  if (mark === undefined) return null
  return (
    <li>
      <p>
        <MarkWords mark={mark} operation={state.query.operation} />
      </p>
      <p class="note">
        {formatShare(shareOf(finding.selected))} of the selected, {formatShare(shareOf(finding.others))} of the others ·
        score {formatScore(finding.score)} · q {formatProbability(finding.qValue)}
      </p>
      <FindingActions state={state} mark={mark} />
    </li>
  )
}
