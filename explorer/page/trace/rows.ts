import type { TraceSpan } from '../../api/trace.ts'

/** A span as a row of the tree. */
export interface Row {
  readonly span: TraceSpan
  readonly hasChildren: boolean
  readonly isOpen: boolean
}

/** The rows that are seen, in the order of the tree: none below one that is closed. */
export const rowsOf = (spans: readonly TraceSpan[], closed: readonly string[]): readonly Row[] => {
  const rows: Row[] = []
  let hiddenBelow = Number.POSITIVE_INFINITY
  for (const [index, span] of spans.entries()) {
    if (span.depth > hiddenBelow) continue
    const hasChildren = (spans[index + 1]?.depth ?? 0) > span.depth
    const isOpen = !closed.includes(span.spanId)
    hiddenBelow = hasChildren && !isOpen ? span.depth : Number.POSITIVE_INFINITY
    rows.push({ span, hasChildren, isOpen })
  }
  return rows
}

/** The row that one from here belongs to: the nearest above that is less deep. */
export const parentIndex = (rows: readonly Row[], index: number): number => {
  const depth = rows[index]?.span.depth ?? 0
  const above = rows.slice(0, index).findLastIndex(({ span }) => span.depth < depth)
  return above === -1 ? index : above
}
