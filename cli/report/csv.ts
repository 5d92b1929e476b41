import { stringify } from 'csv-stringify/sync'
import { COLUMNS, type PullRequestsRow } from './pull-requests.ts'

/**
 * For spreadsheets: RFC 4180, numbers with a point and all their digits. A cell that a spreadsheet would run as a formula
 * (it begins with = + - @) has an apostrophe before it.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export const pullRequestsCsv = (rows: readonly PullRequestsRow[], repository: string): string =>
  stringify(
    rows.map((row) => [repository, ...COLUMNS.map(({ key }) => row[key])]),
    { header: true, columns: ['repository', ...COLUMNS.map(({ header }) => header)], escape_formulas: true },
  )
