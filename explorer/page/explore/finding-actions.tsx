import type { JSX } from 'preact'
import type { Mark } from '../../api/correlations.ts'
import { filterOf } from '../../query.ts'
import { withFilter } from '../state/query-place.ts'
import { Icon } from '../ui/icon.tsx'
import { type ExploreState, hrefOfState } from './explore-state.ts'
import { markText } from './mark-words.tsx'

interface FindingActionsProps {
  readonly state: ExploreState
  readonly mark: Mark
}

/** Where a finding leads: to those that are so, to those that are not, to a table of all its values. */
export const FindingActions = ({ state, mark }: FindingActionsProps): JSX.Element => {
  const text = markText(mark, state.query.operation)
  const filter = mark.filter === undefined ? undefined : filterOf(mark.filter)
  const filtered = (isNot: boolean) =>
    filter === undefined
      ? ''
      : hrefOfState({ ...state, query: withFilter(state.query, { ...filter, isNot: isNot !== filter.isNot }) })
  return (
    <span class="finding-actions">
      {filter === undefined ? null : (
        <>
          <a class="action" href={filtered(false)} aria-label={`Only those: ${text}`}>
            <Icon name="filter" />
            Only those
          </a>
          <a class="action" href={filtered(true)} aria-label={`Without those: ${text}`}>
            <Icon name="exclude" />
            Without
          </a>
        </>
      )}
      {mark.name === '*' ? null : (
        <a
          class="action"
          href={hrefOfState({ ...state, by: `${mark.scope}:${mark.name}` })}
          aria-label={`Group by ${mark.name}`}
        >
          <Icon name="group" />
          Group by
        </a>
      )}
    </span>
  )
}
