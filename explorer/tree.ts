import type { StoredSpan } from './span.ts'

/** A span in its place in the trace. */
export interface TreeNode {
  readonly span: StoredSpan
  readonly depth: number
  /** Its parent is named and has not arrived: it is still under way, or lies in another trace. */
  readonly isOrphan: boolean
  readonly children: readonly TreeNode[]
}

/** The roots of a trace, and below each its children, by start. Every span stands in it once, whatever it names as parent. */
export const treeOf = (spans: readonly StoredSpan[]): readonly TreeNode[] => {
  const byStart = [...spans].sort((a, b) => a.startMillis - b.startMillis || a.endMillis - b.endMillis)
  const known = new Set(byStart.map(({ spanId }) => spanId))
  const placed = new Set<string>()

  const place = (span: StoredSpan, depth: number): TreeNode => {
    placed.add(span.spanId)
    return {
      span,
      depth,
      isOrphan: span.parentSpanId !== undefined && !known.has(span.parentSpanId),
      children: byStart.flatMap((child) =>
        child.parentSpanId === span.spanId && !placed.has(child.spanId) ? [place(child, depth + 1)] : [],
      ),
    }
  }
  const isRoot = ({ parentSpanId }: StoredSpan) => parentSpanId === undefined || !known.has(parentSpanId)
  const roots = byStart.filter(isRoot).map((span) => place(span, 0))
  // Spans that name each other as parents have no root above them; they are shown all the same.
  const circular = byStart.flatMap((span) => (placed.has(span.spanId) ? [] : [place(span, 0)]))
  return [...roots, ...circular]
}

/** A tree in the order in which it is read, from the top. */
export const flatten = (nodes: readonly TreeNode[]): readonly TreeNode[] =>
  nodes.flatMap((node) => [node, ...flatten(node.children)])
