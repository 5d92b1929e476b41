import { parentIndex, type Row } from './rows.ts'

/** To a row by its index, or what to do with the one that has the focus. */
type Move = number | 'open' | 'close' | 'toggle'

/** What a key does in the tree, as WAI-ARIA's tree pattern has it; undefined: nothing. */
export const moveOf = (key: string, rows: readonly Row[], index: number): Move | undefined => {
  const row = rows[index]
  if (row === undefined) return undefined
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, rows.length - 1)
    case 'ArrowUp':
      return Math.max(index - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return rows.length - 1
    case 'ArrowRight':
      return row.hasChildren ? (row.isOpen ? index + 1 : 'toggle') : undefined
    case 'ArrowLeft':
      return row.hasChildren && row.isOpen ? 'toggle' : parentIndex(rows, index)
    case 'Enter':
    case ' ':
      return 'open'
    case 'Escape':
      return 'close'
    default:
      return undefined
  }
}
