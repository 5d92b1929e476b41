/** What of a span decides its place in the trace. */
export interface Placeable {
  readonly spanId: string
  readonly parentSpanId?: string
  readonly startMillis: number
  readonly endMillis: number
}

/** A span in its place in the trace. */
export interface TreeNode<T extends Placeable> {
  readonly span: T
  readonly children: readonly TreeNode<T>[]
}

/** The roots of a trace, and below each its children, by start. Every span stands in it once, whatever it names as parent. */
export const treeOf = <T extends Placeable>(spans: readonly T[]): readonly TreeNode<T>[] => {
  const byStart = [...spans].sort((a, b) => a.startMillis - b.startMillis || a.endMillis - b.endMillis)
  const known = new Set(byStart.map(({ spanId }) => spanId))
  const placed = new Set<string>()

  const place = (span: T): TreeNode<T> => {
    placed.add(span.spanId)
    return {
      span,
      children: byStart.flatMap((child) =>
        child.parentSpanId === span.spanId && !placed.has(child.spanId) ? [place(child)] : [],
      ),
    }
  }
  const isRoot = ({ parentSpanId }: T) => parentSpanId === undefined || !known.has(parentSpanId)
  const roots = byStart.filter(isRoot).map((span) => place(span))
  // Spans that name each other as parents have no root above them; they are shown all the same.
  const circular = byStart.flatMap((span) => (placed.has(span.spanId) ? [] : [place(span)]))
  return [...roots, ...circular]
}
