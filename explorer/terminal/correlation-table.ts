import type { Correlation, Correlations } from '../api/correlations.ts'
import { formatDuration } from '../duration.ts'
import { markText, shortened } from './mark-text.ts'

export interface CorrelationTableOptions {
  /** Columns of the terminal. */
  readonly width: number
  /** Rows at most. */
  readonly limit: number
}

const GAP = 2
/** Names that mark the same spans as the first one, below it. */
const MAX_SAME = 2
const LEAST_WIDTH = 20

/** Correlations for people: what is compared, a row each, and what the figures mean. */
export const correlationTable = (found: Correlations, { width, limit }: CorrelationTableOptions): string => {
  const shown = found.passing.slice(0, limit)
  const more = found.passing.length - shown.length
  return [
    headline(found),
    '',
    ...(shown.length === 0 ? [found.reason ?? 'Nothing stands out.'] : rowsOf(shown, wordOf(found), width)),
    ...(more > 0 ? ['', `${more} more: see them with --limit.`] : []),
    ...(shown.length === 0 ? [] : ['', ...LEGEND]),
  ].join('\n')
}

const LEGEND = [
  'score: +1 only among these, 0 as often among the others, −1 never among these.',
  'q: of the rows down to this one, at most this share are expected to be chance.',
] as const

const headline = (found: Correlations): string => {
  const { population, selection } = found
  const others = population.count - selection.count
  return `${population.operation}: ${selection.count} ${wordOf(found)}${boundOf(selection)} of ${population.count}, compared with the other ${others}.`
}

const wordOf = ({ selection }: Correlations): string => (selection.kind === 'duration' ? 'selected' : selection.kind)

const boundOf = ({ kind, minMillis, maxMillis }: Correlations['selection']): string => {
  if (kind === 'slow' && minMillis !== undefined) return ` (${formatDuration(minMillis)} or more)`
  if (kind === 'fast' && maxMillis !== undefined) return ` (${formatDuration(maxMillis)} or less)`
  if (kind !== 'duration' || minMillis === undefined || maxMillis === undefined) return ''
  return ` (${formatDuration(minMillis)} to ${formatDuration(maxMillis)})`
}

const rowsOf = (rows: readonly Correlation[], word: string, width: number): readonly string[] => {
  const figures = [[word, 'others', 'score', 'q', 'median', 'without'], ...rows.map(figuresOf)]
  const widths = (figures[0] ?? []).map((_, at) => Math.max(...figures.map((line) => line[at]?.length ?? 0)))
  const taken = widths.reduce((sum, each) => sum + each + GAP, 0)
  const room = Math.max(LEAST_WIDTH, width - taken)
  const longest = Math.max(...rows.map((row) => marksOf(row)[0]?.length ?? 0))
  const first = Math.min(room, longest)
  const line = (text: string, cells: readonly string[]): string =>
    [shortened(text, first).padEnd(first), ...cells.map((cell, at) => cell.padStart(widths[at] ?? 0))]
      .join(' '.repeat(GAP))
      .trimEnd()
  return [
    line('', figures[0] ?? []),
    ...rows.flatMap((row, at) => {
      const [text = '', ...same] = marksOf(row)
      return [line(text, figures[at + 1] ?? []), ...same.map((one) => shortened(one, width))]
    }),
  ]
}

/** The first mark, and those that mark the same spans. */
const marksOf = ({ marks }: Correlation): readonly string[] => {
  const [first = '', ...same] = marks.map(markText)
  const left = same.length - MAX_SAME
  return [first, ...same.slice(0, MAX_SAME).map((text) => `  = ${text}`), ...(left > 0 ? [`  = ${left} more`] : [])]
}

const figuresOf = (row: Correlation): readonly string[] => [
  `${row.selected.having}/${row.selected.of}`,
  `${row.others.having}/${row.others.of}`,
  `${row.score < 0 ? '−' : '+'}${Math.abs(row.score).toFixed(2)}`,
  row.qValue < 0.001 ? '<0.001' : row.qValue.toFixed(3),
  durationOf(row.medianWithMillis),
  durationOf(row.medianWithoutMillis),
]

const durationOf = (millis: number | undefined): string => (millis === undefined ? '–' : formatDuration(millis))
