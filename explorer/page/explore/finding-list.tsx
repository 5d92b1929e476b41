import type { JSX } from 'preact'
import type { Correlation } from '../../api/correlations.ts'
import type { ExploreState } from './explore-state.ts'
import { Finding } from './finding.tsx'

interface FindingListProps {
  readonly state: ExploreState
  readonly findings: readonly Correlation[]
  /** How many stand before them. */
  readonly from: number
}

/** Findings, the strongest first. */
export const FindingList = ({ state, findings, from }: FindingListProps): JSX.Element => (
  <ol class="findings">
    {findings.map((finding, at) => (
      <li key={keyOf(finding)}>
        <Finding state={state} finding={finding} number={from + at + 1} />
      </li>
    ))}
  </ol>
)

const keyOf = ({ marks }: Correlation): string =>
  marks.map(({ scope, name, value, isAbsent }) => `${isAbsent} ${scope}:${name}=${value}`).join()
