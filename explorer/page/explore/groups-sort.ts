import type { Groups } from '../../api/groups.ts'

type Row = Groups['rows'][number]

export interface Column {
  readonly key: string
  readonly title: string
  readonly isNumber: boolean
}

export const COLUMNS = [
  { key: 'value', title: 'Value', isNumber: false },
  { key: 'count', title: 'Count', isNumber: true },
  { key: 'failed', title: 'Failed', isNumber: true },
  { key: 'p50', title: 'Median', isNumber: true },
  { key: 'p90', title: 'p90', isNumber: true },
  { key: 'p99', title: 'p99', isNumber: true },
] as const satisfies readonly Column[]

/** The column that is sorted by, and whether the largest stand first. */
export const sortOf = (sort = 'count'): { readonly key: string; readonly isDescending: boolean } =>
  sort.startsWith('-') ? { key: sort.slice(1), isDescending: false } : { key: sort, isDescending: true }

export const sortedBy = (rows: readonly Row[], sort: string | undefined): readonly Row[] => {
  const { key, isDescending } = sortOf(sort)
  const sorted = [...rows].sort((one, other) =>
    key === 'value' ? (other.value ?? '').localeCompare(one.value ?? '') : figureOf(other, key) - figureOf(one, key),
  )
  return isDescending ? sorted : sorted.reverse()
}

const figureOf = (row: Row, key: string): number => {
  if (key === 'failed') return row.count === 0 ? 0 : row.failed / row.count
  if (key === 'p50') return row.p50Millis
  if (key === 'p90') return row.p90Millis
  if (key === 'p99') return row.p99Millis
  return row.count
}
