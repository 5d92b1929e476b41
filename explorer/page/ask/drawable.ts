import type { Answer } from '../../api/ask.ts'

export type Cell = Answer['rows'][number][number]

/** More points than this are no chart. */
const MAX_POINTS = 2000

/** The columns, but for the first, that hold numbers. */
export const numbersOf = ({ columns, rows }: Answer): readonly { readonly name: string; readonly index: number }[] =>
  columns
    .map(({ name }, index) => ({ name, index }))
    .filter(({ index }) => index > 0 && isNumeric(rows.map((row) => row[index] ?? null)))

const isNumeric = (cells: readonly Cell[]): boolean =>
  cells.some((cell) => typeof cell === 'number') && cells.every((cell) => cell === null || typeof cell === 'number')

/** Whether it makes a chart: a category or a time first, then a number or several. */
export const isDrawable = (answer: Answer): boolean =>
  answer.rows.length > 0 && answer.rows.length <= MAX_POINTS && numbersOf(answer).length > 0
