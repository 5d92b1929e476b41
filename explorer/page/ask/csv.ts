import type { Answer } from '../../api/ask.ts'
import type { Cell } from './drawable.ts'

/** RFC 4180, with a line of names. Text that a spreadsheet would take for a formula is kept from being one. */
export const csvOf = ({ columns, rows }: Answer): string =>
  [columns.map(({ name }) => name), ...rows].map((row) => row.map(fieldOf).join(',')).join('\r\n')

const fieldOf = (cell: Cell): string => {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  // Titles come from whoever may open an issue: `=HYPERLINK(…)` must stay a text.
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
