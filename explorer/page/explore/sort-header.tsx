import type { JSX } from 'preact'
import { type ExploreState, go } from './explore-state.ts'
import { type Column, sortOf } from './groups-sort.ts'

interface SortHeaderProps {
  readonly column: Column
  readonly state: ExploreState
}

export const SortHeader = ({ column, state }: SortHeaderProps): JSX.Element => {
  const { key, isDescending } = sortOf(state.sort)
  const isSorted = key === column.key
  const next = isSorted && isDescending ? `-${column.key}` : column.key
  return (
    <th
      scope="col"
      class={column.isNumber ? 'number' : ''}
      aria-sort={isSorted ? (isDescending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" class="sort" onClick={() => go({ ...state, sort: next }, { replace: true })}>
        {column.title}
        <span class="sort-mark" aria-hidden="true">
          {isSorted ? (isDescending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  )
}
