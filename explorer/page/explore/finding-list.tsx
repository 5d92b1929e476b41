import type { JSX } from 'preact'
import type { Correlation } from '../../api.ts'
import type { ExploreState } from './explore-state.ts'
import { Finding } from './finding.tsx'

interface FindingListProps {
  readonly state: ExploreState
  readonly findings: readonly Correlation[]
}

/** Findings, the strongest first. */
export const FindingList = ({ state, findings }: FindingListProps): JSX.Element => (
  <ol class="findings">
    {findings.map((finding) => (
      <li key={keyOf(finding)}>
        <Finding state={state} finding={finding} />
      </li>
    ))}
  </ol>
)

const keyOf = ({ marks }: Correlation): string =>
  marks.map(({ scope, name, value, isAbsent }) => `${isAbsent} ${scope}:${name}=${value}`).join()
