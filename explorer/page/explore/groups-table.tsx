import type { JSX } from 'preact'
import type { Groups } from '../../api/groups.ts'
import { formatDuration } from '../../duration.ts'
import { filterOf } from '../../query.ts'
import { withFilter } from '../state/query-place.ts'
import { formatNumber, formatShare } from '../ui/format.ts'
import { ShareBar } from '../ui/share-bar.tsx'
import { TableBox } from '../ui/table-box.tsx'
import { type ExploreState, hrefOfState } from './explore-state.ts'
import { COLUMNS, sortedBy } from './groups-sort.ts'
import { SortHeader } from './sort-header.tsx'

type Row = Groups['rows'][number]

interface GroupsTableProps {
  readonly state: ExploreState
  readonly groups: Groups
}

export const GroupsTable = ({ state, groups }: GroupsTableProps): JSX.Element => {
  const longestMillis = Math.max(...groups.rows.map(({ p90Millis }) => p90Millis), 1)
  return (
    <TableBox label="Groups">
      <table class="table">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <SortHeader key={column.key} column={column} state={state} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortedBy(groups.rows, state.sort).map((row) => (
            <GroupRow key={row.filter} row={row} {...{ state, longestMillis }} />
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}

interface GroupRowProps {
  readonly state: ExploreState
  readonly row: Row
  readonly longestMillis: number
}

const GroupRow = ({ state, row, longestMillis }: GroupRowProps): JSX.Element => (
  <tr>
    <th scope="row">
      <a href={hrefOfState({ ...state, query: withFilter(state.query, filterOf(row.filter)) })} title="Only these">
        {row.value === undefined ? '(none)' : row.value === '' ? '(empty)' : row.value}
      </a>
    </th>
    <td class="number">{formatNumber(row.count)}</td>
    <td class={`number ${row.failed === 0 ? '' : 'is-failed'}`}>
      {formatNumber(row.failed)}{' '}
      <span class="of share-of">{row.count === 0 ? '' : `(${formatShare(row.failed / row.count)})`}</span>
    </td>
    <td class="number">{formatDuration(row.p50Millis)}</td>
    <td class="number with-bar">
      <ShareBar share={row.p90Millis / longestMillis} kind="others" />
      <span class="bar-text">{formatDuration(row.p90Millis)}</span>
    </td>
    <td class="number">{formatDuration(row.p99Millis)}</td>
  </tr>
)
