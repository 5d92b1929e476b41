import type { Activity, Below, SpanId } from './activity.ts'

/** A stretch of a span's time; `name` is the operation at work, or what is waited for. */
export interface Segment {
  readonly fromMillis: number
  readonly toMillis: number
  readonly kind: 'work' | 'wait'
  readonly name: string
  /** Whose time it is: the span itself, or one below it. */
  readonly spanId: SpanId
}

/** Whether time of its own can be waiting: what is not is at work for as long as it is under way. */
export const canWait = ({ operation }: Pick<Activity, 'operation'>): boolean =>
  operation === 'issue' || operation === 'pull_request'

/** What an issue waits for once nothing more begins below it. */
export const CLOSE = 'close'
/** What a pull request waits for after the last push. */
export const REVIEW = 'review'

/**
 * Divides a span's time, without overlap and without gap, among itself and all below it:
 *
 * - A moment belongs to the deepest span under way then; of several as deep, to the one that began last.
 * - A build, a deploy and every other run is at work while it is under way.
 * - A pull request is at work up to its last push; from then on it waits for its `review`.
 * - An issue does nothing by itself: it waits for the next span that begins below, or, where none does, for its `close`.
 *
 * What lies outside of the span's own time does not count. The order of `below` makes no difference.
 *
 * @param nowMillis the end of what is under way
 */
export const segmentsOf = <A extends Activity>(
  span: A,
  below: readonly Below<A>[],
  nowMillis: number,
): readonly Segment[] => {
  const root = intervalOf({ activity: span, depth: 0 }, nowMillis)
  const inside = below
    .map((one) => intervalOf(one, nowMillis))
    .filter(({ start, end }) => start < root.end && end > root.start)
  const starts = below.filter(({ activity: { startMillis } }) => startMillis > root.start && startMillis < root.end)
  const ownerAt = ownersOf(root, inside)
  const nextAfter = beginningsOf(starts)
  const segments: Segment[] = []
  let fromMillis = root.start
  for (const toMillis of boundariesOf(root, inside, starts)) {
    const owner = ownerAt(fromMillis)
    append(segments, {
      fromMillis,
      toMillis,
      ...timeOf(owner, fromMillis, nextAfter(fromMillis)),
      spanId: owner.spanId,
    })
    fromMillis = toMillis
  }
  return segments
}

/** Whose a moment is; asked in the order of time. */
const ownersOf = <A extends Activity>(root: Interval<A>, inside: readonly Interval<A>[]): ((atMillis: number) => A) => {
  const coming = [...inside].sort((a, b) => b.start - a.start)
  let underWay: readonly Interval<A>[] = [root]
  return (atMillis) => {
    const begun: Interval<A>[] = []
    for (let next = coming.at(-1); next !== undefined && next.start <= atMillis; next = coming.at(-1)) {
      begun.push(next)
      coming.pop()
    }
    underWay = [...underWay, ...begun].filter(({ end }) => end > atMillis)
    return underWay.reduce(deeper).activity
  }
}

/** What begins next after a moment; asked in the order of time. */
const beginningsOf = <A extends Activity>(starts: readonly Below<A>[]): ((atMillis: number) => A | undefined) => {
  const coming = [...starts].sort(
    (a, b) => b.activity.startMillis - a.activity.startMillis || b.depth - a.depth || byName(b.activity, a.activity),
  )
  return (atMillis) => {
    while ((coming.at(-1)?.activity.startMillis ?? Number.POSITIVE_INFINITY) <= atMillis) coming.pop()
    return coming.at(-1)?.activity
  }
}

interface Interval<A extends Activity> extends Below<A> {
  readonly start: number
  readonly end: number
}

const intervalOf = <A extends Activity>({ activity, depth }: Below<A>, nowMillis: number): Interval<A> => ({
  activity,
  depth,
  start: activity.startMillis,
  end: Math.max(activity.startMillis, activity.endMillis ?? nowMillis),
})

/** Where nothing else tells two apart; by the operation first, so that how ids are given makes no difference to it. */
const byName = (a: Activity, b: Activity): number => {
  if (a.operation !== b.operation) return a.operation < b.operation ? -1 : 1
  return a.spanId < b.spanId ? -1 : Number(a.spanId > b.spanId)
}

/** All moments after the start at which whose time it is can change, up to the end. */
const boundariesOf = <A extends Activity>(
  root: Interval<A>,
  inside: readonly Interval<A>[],
  starts: readonly Below<A>[],
): readonly number[] => {
  const moments = [root, ...inside].flatMap(({ start, end, activity }) => [
    start,
    end,
    ...(activity.lastPushMillis === undefined ? [] : [activity.lastPushMillis]),
  ])
  const all = [...moments, ...starts.map(({ activity }) => activity.startMillis)]
  return [...new Set(all.filter((at) => at > root.start && at <= root.end))].sort((a, b) => a - b)
}

const deeper = <A extends Activity>(a: Interval<A>, b: Interval<A>): Interval<A> => {
  const order = b.depth - a.depth || b.start - a.start || byName(a.activity, b.activity)
  return order > 0 ? b : a
}

const timeOf = (
  { operation, startMillis, lastPushMillis = startMillis }: Activity,
  atMillis: number,
  next: Activity | undefined,
): Pick<Segment, 'kind' | 'name'> => {
  if (operation === 'issue') return { kind: 'wait', name: next?.operation ?? CLOSE }
  if (operation === 'pull_request' && atMillis >= lastPushMillis) return { kind: 'wait', name: REVIEW }
  return { kind: 'work', name: operation }
}

/** What goes on as it was is one segment. */
const append = (segments: Segment[], segment: Segment): void => {
  const last = segments.at(-1)
  if (last?.spanId === segment.spanId && last.kind === segment.kind && last.name === segment.name) {
    segments[segments.length - 1] = { ...last, toMillis: segment.toMillis }
  } else segments.push(segment)
}
