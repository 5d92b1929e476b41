import type { JSX } from 'preact'
import type { Correlation } from '../../api/correlations.ts'
import { formatNumber, formatProbability } from '../ui/format.ts'
import type { ExploreState } from './explore-state.ts'
import { Fold } from './fold.tsx'
import { MarkWords } from './mark-words.tsx'

interface FindingDetailProps {
  readonly state: ExploreState
  readonly finding: Correlation
  readonly number: number
}

/** How sure it is, and all that marks the very same ones. */
export const FindingDetail = ({ state, finding, number }: FindingDetailProps): JSX.Element => (
  <Fold state={state} part={String(number)} summary="Details" class="finding-detail">
    <dl class="detail-list">
      <dt>support</dt>
      <dd>{formatNumber(finding.selected.having + finding.others.having)} in all</dd>
      <dt>p</dt>
      <dd>{formatProbability(finding.pValue)} (Fisher’s exact test, two-sided)</dd>
      <dt>q</dt>
      <dd>
        {formatProbability(finding.qValue)}: of the findings down to this one, at most this share are expected to be
        chance (Benjamini–Hochberg, over all tests)
      </dd>
      <dt>{finding.marks.length === 1 ? 'marked by' : `marked by each of ${finding.marks.length}`}</dt>
      <dd>
        <ul class="plain">
          {finding.marks.map((mark) => (
            <li key={`${mark.scope}:${mark.name}=${mark.value}`}>
              <MarkWords mark={mark} operation={state.query.operation} /> <code class="full-name">{mark.name}</code>
            </li>
          ))}
        </ul>
      </dd>
    </dl>
  </Fold>
)
