import type { JSX } from 'preact'
import type { Correlations } from '../../api/correlations.ts'
import { formatCount } from '../ui/format.ts'
import { operationName } from '../ui/operation.ts'
import type { ExploreState } from './explore-state.ts'
import { Fold } from './fold.tsx'

interface LeftOutProps {
  readonly state: ExploreState
  readonly correlations: Correlations
}

/** What the result rests on: how much was compared, and what was not. */
export const LeftOut = ({ state, correlations }: LeftOutProps): JSX.Element => {
  const { tests, leftOut, cut } = correlations
  return (
    <Fold
      state={state}
      part="left-out"
      summary={`${formatCount(tests, 'comparison')}, ${formatCount(leftOut.length, 'attribute')} left out${
        cut === 0 ? '' : `, ${formatCount(cut, 'row')} not shown`
      }`}
    >
      {cut === 0 ? null : <p class="note">The strongest are shown. {formatCount(cut, 'weaker row')} are not.</p>}
      {leftOut.length === 0 ? (
        <p class="note">Every attribute was compared.</p>
      ) : (
        <ul class="left-out">
          {leftOut.map(({ scope, name, reason }) => (
            <li key={`${scope}:${name}`}>
              <code>{name}</code>{' '}
              <span class="note">
                of {operationName(scope === 'self' ? state.query.operation : scope)}: {reason}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Fold>
  )
}
