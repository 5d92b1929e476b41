import { COLUMNS, lackOf, type PullRequestsRow } from './pull-requests.ts'

const GAP = '  '
const NOTHING = '–'

/** For people: a line an interval. */
export const pullRequestsTable = (rows: readonly PullRequestsRow[]): string => {
  if (rows.length === 0) return 'There are no closed pull requests: nothing was recorded of this repository and time.'
  const lines = [COLUMNS.map(({ short }) => short), ...rows.map(cellsOf)]
  const widths = COLUMNS.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  const lack = lackOf(rows)
  return [
    ...lines.map((line) => line.map((cell, at) => cell.padStart(widths[at] ?? 0)).join(GAP)),
    ...(lack === undefined ? [] : ['', lack]),
  ].join('\n')
}

const cellsOf = (row: PullRequestsRow): readonly string[] =>
  COLUMNS.map(({ key, digits }) => {
    const value = row[key]
    if (value === null) return NOTHING
    return typeof value === 'number' ? value.toFixed(digits) : value
  })
