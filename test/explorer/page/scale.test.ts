import {
  bandOfDrag,
  bandOfSelected,
  edgeNear,
  millisAt,
  positionOf,
  ticksOf,
} from '../../../explorer/page/explore/scale.ts'

const bucket = (fromMillis: number, toMillis: number, selected = 0) => ({
  fromMillis,
  toMillis,
  count: 1,
  failed: 0,
  selected,
})
/** A bucket of what takes no time, then decades. */
const BUCKETS = [bucket(0, 1), bucket(1, 10), bucket(10, 100, 2), bucket(100, 1000, 1)]

it('finds the edge that is nearest on the log scale', () => {
  expect([0, 1, 9, 40, 900, 5_000_000].map((millis) => edgeNear(BUCKETS, millis))).toEqual([0, 1, 2, 3, 4, 4])
})

it('says where an edge lies, also the last one', () => {
  expect([0, 1, 2, 3, 4].map((edge) => millisAt(BUCKETS, edge))).toEqual([0, 1, 10, 100, 1000])
})

it('takes every bucket that a drag touches, in either direction, and one for a click', () => {
  expect(bandOfDrag(BUCKETS, 0.3, 0.6)).toEqual({ from: 1, to: 3 })
  expect(bandOfDrag(BUCKETS, 0.6, 0.3)).toEqual({ from: 1, to: 3 })
  expect(bandOfDrag(BUCKETS, 0.5, 0.5)).toEqual({ from: 2, to: 3 })
  expect(bandOfDrag(BUCKETS, -1, 9)).toEqual({ from: 0, to: 4 })
  expect(bandOfDrag(BUCKETS, 1, 1)).toEqual({ from: 3, to: 4 })
})

it('knows which buckets hold the selection', () => {
  expect(bandOfSelected(BUCKETS)).toEqual({ from: 2, to: 4 })
  expect(bandOfSelected([bucket(1, 2)])).toBe(undefined)
})

it('places a duration on the axis, and none that lies outside of it', () => {
  expect(positionOf(BUCKETS, 1000)).toBe(1)
  expect(positionOf(BUCKETS, 0)).toBe(0)
  expect(positionOf(BUCKETS, 1001)).toBe(undefined)
})

it('labels round durations that are apart', () => {
  expect(ticksOf(BUCKETS).map(({ text }) => text)).toEqual(['0', '1 ms', '10 ms', '100 ms'])
  expect(ticksOf([bucket(0, 600_000), bucket(600_000, 1e6), bucket(1e6, 1e7)]).map(({ text }) => text)).toEqual([
    '0',
    '15 min',
    '1 h',
  ])
})
