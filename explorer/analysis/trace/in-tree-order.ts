import { type Activity, childrenOf, type SpanId } from '../path/activity.ts'

/** A span in its place in the tree. */
export interface Placed<A extends Activity> {
  readonly activity: A
  readonly depth: number
  /** Its parent is named and not here. */
  readonly isOrphan: boolean
}

/**
 * The spans of a trace from the top, each below its parent, siblings by start. Every span stands there once: one whose
 * parent is not here as a root, and of those that name each other as parents the first below none.
 */
export const inTreeOrder = <A extends Activity>(activities: readonly A[]): readonly Placed<A>[] => {
  const sorted = [...activities].sort(byTime)
  const known = new Set(sorted.map(({ spanId }) => spanId))
  const children = childrenOf(sorted)
  const placed = new Map<SpanId, Placed<A>>()
  // Not recursive, since nobody bounds how deep another tool's trace is.
  const placeAll = (root: A, isOrphan: boolean): void => {
    const coming: Placed<A>[] = [{ activity: root, depth: 0, isOrphan }]
    for (let next = coming.pop(); next !== undefined; next = coming.pop()) {
      const { activity, depth } = next
      if (placed.has(activity.spanId)) continue
      placed.set(activity.spanId, next)
      for (const child of [...(children.get(activity.spanId) ?? [])].reverse()) {
        coming.push({ activity: child, depth: depth + 1, isOrphan: false })
      }
    }
  }
  for (const activity of sorted) {
    const { parentSpanId } = activity
    if (parentSpanId === undefined || !known.has(parentSpanId)) placeAll(activity, parentSpanId !== undefined)
  }
  for (const activity of sorted) placeAll(activity, false)
  return [...placed.values()]
}

const endOf = ({ endMillis = Number.POSITIVE_INFINITY }: Activity): number => endMillis

const byTime = (a: Activity, b: Activity): number =>
  a.startMillis - b.startMillis ||
  (endOf(a) === endOf(b) ? 0 : endOf(a) - endOf(b)) ||
  (a.spanId < b.spanId ? -1 : a.spanId > b.spanId ? 1 : 0)
