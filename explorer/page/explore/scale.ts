import type { Histogram } from '../../api/histogram.ts'

export type Buckets = Histogram['buckets']

/** From one bucket's edge to another's, counted from the left: 0 to the number of buckets. */
export interface Band {
  readonly from: number
  readonly to: number
}

const clamp = (value: number, max: number): number => Math.min(max, Math.max(0, value))

/** Where the edge with this number lies, milliseconds. */
export const millisAt = (buckets: Buckets, edge: number): number =>
  buckets[edge]?.fromMillis ?? buckets.at(-1)?.toMillis ?? 0

/** The edge next to a duration. */
export const edgeNear = (buckets: Buckets, millis: number): number => {
  const edges = [...buckets.map(({ fromMillis }) => fromMillis), millisAt(buckets, buckets.length)]
  const distances = edges.map((edge) => Math.abs(Math.log1p(edge) - Math.log1p(millis)))
  return distances.indexOf(Math.min(...distances))
}

/** Where a duration stands on the axis, 0 to 1; undefined outside of it. Within a bucket the scale is logarithmic. */
export const positionOf = (buckets: Buckets, millis: number): number | undefined => {
  const at = buckets.findIndex(({ fromMillis, toMillis }) => millis >= fromMillis && millis <= toMillis)
  const bucket = buckets[at]
  if (bucket === undefined) return undefined
  const width = Math.log1p(bucket.toMillis) - Math.log1p(bucket.fromMillis)
  const within = width === 0 ? 0 : (Math.log1p(millis) - Math.log1p(bucket.fromMillis)) / width
  return (at + within) / buckets.length
}

/** What a drag from one position to another (0 to 1) takes: every bucket that it touches. */
export const bandOfDrag = (buckets: Buckets, start: number, end: number): Band => {
  const at = (position: number) => clamp(position, 1) * buckets.length
  const [left, right] = [Math.min(at(start), at(end)), Math.max(at(start), at(end))]
  const from = Math.min(Math.floor(left), buckets.length - 1)
  return { from, to: Math.max(Math.ceil(right), from + 1) }
}

/** Buckets that hold something of the selection, from the first to the last. */
export const bandOfSelected = (buckets: Buckets): Band | undefined => {
  const from = buckets.findIndex(({ selected }) => selected > 0)
  return from === -1 ? undefined : { from, to: buckets.findLastIndex(({ selected }) => selected > 0) + 1 }
}

const SECOND = 1000
const [MINUTE, HOUR, DAY] = [60 * SECOND, 3600 * SECOND, 86_400 * SECOND]
const TICKS: readonly (readonly [number, string])[] = [
  [1, '1 ms'],
  [10, '10 ms'],
  [100, '100 ms'],
  [SECOND, '1 s'],
  [10 * SECOND, '10 s'],
  [MINUTE, '1 min'],
  [5 * MINUTE, '5 min'],
  [15 * MINUTE, '15 min'],
  [HOUR, '1 h'],
  [4 * HOUR, '4 h'],
  [12 * HOUR, '12 h'],
  [DAY, '1 d'],
  [2 * DAY, '2 d'],
  [4 * DAY, '4 d'],
  [7 * DAY, '1 w'],
  [14 * DAY, '2 w'],
  [28 * DAY, '4 w'],
  [91 * DAY, '13 w'],
  [365 * DAY, '1 y'],
]
/** Of the axis' width, between two labels. */
const APART = 0.12

export interface Tick {
  /** Along the axis, 0 to 1. */
  readonly position: number
  readonly text: string
}

/** Round durations along the axis, no two so near that their labels would touch. */
export const ticksOf = (buckets: Buckets): readonly Tick[] => {
  // What takes no time is in a bucket of its own, whose middle is no duration.
  const [first] = buckets
  const scaleFrom = first?.fromMillis === 0 ? first.toMillis : 0
  const ticks: Tick[] = scaleFrom === 0 ? [] : [{ position: 0, text: '0' }]
  for (const [millis, text] of TICKS) {
    const position = millis < scaleFrom ? undefined : positionOf(buckets, millis)
    const isFree = position !== undefined && position < 0.97 && position - (ticks.at(-1)?.position ?? -1) >= APART
    if (isFree) ticks.push({ position, text })
  }
  return ticks
}
