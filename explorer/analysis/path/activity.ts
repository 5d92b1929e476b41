/** Unique in a trace. */
export type SpanId = string | number

/** Of a span, what tells whose time it is; times in epoch milliseconds. */
export interface Activity {
  readonly spanId: SpanId
  readonly parentSpanId?: SpanId
  readonly operation: string
  readonly startMillis: number
  /** Undefined while it is under way. */
  readonly endMillis?: number
  /** Of a pull request: when commits were last pushed to it. */
  readonly lastPushMillis?: number
}

/** A span below another one, 1 for its child. */
export interface Below<A extends Activity> {
  readonly activity: A
  readonly depth: number
}

/** Children by their parent's span id. */
export type Children<A extends Activity> = ReadonlyMap<SpanId, readonly A[]>

/** @param activities of one trace, each span once */
export const childrenOf = <A extends Activity>(activities: readonly A[]): Children<A> => {
  const children = new Map<SpanId, A[]>()
  for (const activity of activities) {
    if (activity.parentSpanId === undefined) continue
    const siblings = children.get(activity.parentSpanId)
    if (siblings === undefined) children.set(activity.parentSpanId, [activity])
    else siblings.push(activity)
  }
  return children
}

/**
 * So many levels below a span are looked at; what lies deeper is part of what it hangs from there. Without it a trace of
 * another tool that is nested thousands deep would be gone through once for each of its spans.
 */
const MAX_LEVELS = 50

/** What is below a span, each span once, also where spans name each other as parents. */
export const descendantsOf = <A extends Activity>(children: Children<A>, of: A): readonly Below<A>[] => {
  const seen = new Set<SpanId>([of.spanId])
  const found: Below<A>[] = []
  let level: readonly A[] = [of]
  for (let depth = 1; level.length > 0 && depth <= MAX_LEVELS; depth += 1) {
    const next = level.flatMap(({ spanId }) => children.get(spanId) ?? []).filter(({ spanId }) => !seen.has(spanId))
    for (const activity of next) {
      seen.add(activity.spanId)
      found.push({ activity, depth })
    }
    level = next
  }
  return found
}
