import type { Facts, RecordedEnding } from '../../lib/delivery/context.ts'
import { finishedEpisodes } from '../../lib/delivery/episodes.ts'
import type { Certainty } from '../../lib/delivery/event.ts'

const reported = { observedMillis: 0, rank: 3, value: {} }
const end = (atMillis: number, certainty: Certainty = 'reported', more: object = {}): RecordedEnding => ({
  atMillis,
  certainty,
  result: 'success',
  reported,
  ...more,
})
const facts = (
  endings: readonly RecordedEnding[],
  reopenedMillis: readonly number[] = [],
  opened: object = {},
): Facts => ({
  operation: 'issue',
  opened: { atMillis: 100, certainty: 'reported', ...opened },
  reopenedMillis,
  endings,
  attributes: {},
  references: {},
  names: [],
  happenings: [],
  cut: [],
})
const times = (of: Facts) =>
  finishedEpisodes(of).map(({ ordinal, startMillis, endMillis }) => [ordinal, startMillis, endMillis])

describe('episodes', () => {
  it('are none while nothing has ended', () => {
    expect(times(facts([]))).toEqual([])
  })

  it('begin anew with each reopening', () => {
    expect(times(facts([end(200), end(400)], [300]))).toEqual([
      [1, 100, 200],
      [2, 300, 400],
    ])
    expect(finishedEpisodes(facts([end(200), end(400)], [300])).map(({ closedMillis }) => closedMillis)).toEqual([
      undefined,
      100,
    ])
  })

  it('end with the first of several ends', () => {
    expect(times(facts([end(200), end(250)]))).toEqual([[1, 100, 200]])
  })

  it('end with the surest of several ends, whenever it was', () => {
    expect(times(facts([end(200, 'estimated'), end(250, 'derived'), end(300)]))).toEqual([[1, 100, 300]])
  })

  it('end with the last of several estimates, since a stage may have reported before the end', () => {
    expect(times(facts([end(200, 'estimated'), end(250, 'estimated')]))).toEqual([[1, 100, 250]])
  })

  it('wait for an end that a reopening shows to have been missed', () => {
    expect(times(facts([end(400)], [300]))).toEqual([[2, 300, 400]])
  })

  it('take an end of the very second of the reopening for the one before it, unless that has ended', () => {
    expect(times(facts([end(300)], [300]))).toEqual([[1, 100, 300]])
    expect(times(facts([end(200), end(300)], [300]))).toEqual([
      [1, 100, 200],
      [2, 300, 300],
    ])
  })

  it('never end before they begin', () => {
    expect(times(facts([end(50)]))).toEqual([[1, 100, 100]])
  })

  it('end exactly where only an estimate of the end but the duration is known', () => {
    expect(times(facts([end(290, 'estimated', { durationMillis: 150 })]))).toEqual([[1, 100, 250]])
    expect(times(facts([end(290, 'estimated', { durationMillis: 150 })], [], { certainty: 'estimated' }))).toEqual([
      [1, 100, 290],
    ])
  })

  it('do not count a reopening of before the opening', () => {
    expect(times(facts([end(200)], [50]))).toEqual([[1, 100, 200]])
  })
})
