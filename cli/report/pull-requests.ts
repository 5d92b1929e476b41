import * as z from 'zod/mini'
import { refusal } from '../../local/refusal.ts'
import type { Cells } from './ask-explorer.ts'

const figure = z.nullable(z.number())
const ROW = z.object({
  start: z.string(),
  number: z.number(),
  merged: z.number(),
  merge_ratio: figure,
  lines: figure,
  comments: figure,
  with_lines: z.number(),
  with_comments: z.number(),
  p50_hours: figure,
  p90_hours: figure,
  mean_hours: figure,
  seconds_a_line: figure,
  minutes_a_comment: figure,
  running_p50_hours: figure,
  running_p90_hours: figure,
})

/** The pull requests that were closed in an interval; null where there is nothing to tell. */
export type PullRequestsRow = z.infer<typeof ROW>

interface Column {
  readonly key: keyof PullRequestsRow
  readonly short: string
  readonly header: string
  readonly digits: number
}

/** What stands above each column in the spreadsheet, and shorter in the table. */
export const COLUMNS = [
  { key: 'start', short: 'from', header: 'from', digits: 0 },
  { key: 'number', short: 'PRs', header: 'pull requests', digits: 0 },
  { key: 'merged', short: 'merged', header: 'merged', digits: 0 },
  { key: 'merge_ratio', short: 'ratio', header: 'merge ratio', digits: 2 },
  { key: 'lines', short: 'lines', header: 'lines changed', digits: 0 },
  { key: 'comments', short: 'comments', header: 'comments', digits: 0 },
  { key: 'p50_hours', short: 'p50 h', header: 'hours p50', digits: 1 },
  { key: 'p90_hours', short: 'p90 h', header: 'hours p90', digits: 1 },
  { key: 'mean_hours', short: 'mean h', header: 'hours mean', digits: 1 },
  { key: 'seconds_a_line', short: 's/line', header: 'seconds a line', digits: 1 },
  { key: 'minutes_a_comment', short: 'min/comment', header: 'minutes a comment', digits: 1 },
  { key: 'running_p50_hours', short: 'run. p50', header: 'running p50', digits: 1 },
  { key: 'running_p90_hours', short: 'run. p90', header: 'running p90', digits: 1 },
] as const satisfies readonly Column[]

/** @throws Refusal when what has answered has other columns, as an older explorer might */
export const pullRequestsRows = (rows: readonly Cells[]): readonly PullRequestsRow[] => {
  const { success, data } = z.safeParse(z.array(ROW), rows)
  if (!success) throw refusal('The explorer answers what this version cannot read: start the same version of it.')
  return data
}

/** What the figures lack, in a sentence; undefined where they lack nothing. */
export const lackOf = (rows: readonly PullRequestsRow[]): string | undefined => {
  const total = (key: 'number' | 'with_lines' | 'with_comments') => rows.reduce((sum, row) => sum + row[key], 0)
  const [all, lines, comments] = [total('number'), total('with_lines'), total('with_comments')]
  const parts = [
    ...(lines < all ? [`${all - lines} tell no lines`] : []),
    ...(comments < all ? [`${all - comments} tell no comments`] : []),
  ]
  return parts.length === 0
    ? undefined
    : `Of ${all} pull requests ${parts.join(' and ')}; those are left out of these figures.`
}
