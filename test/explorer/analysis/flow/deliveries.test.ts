import fc from 'fast-check'
import type { Incident } from '../../../../explorer/analysis/flow/deploys.ts'
import { outcomesOf, restorationsOf } from '../../../../explorer/analysis/flow/failures.ts'
import { type Bringing, type Change, leadTimesOf } from '../reference/lead-times.ts'

const deploy = (spanId: string, startMillis: number, endMillis: number, more: Partial<Bringing> = {}): Bringing => ({
  spanId,
  place: 'shop production',
  startMillis,
  endMillis,
  isError: false,
  isRollback: false,
  changes: [],
  groups: [],
  isCounted: true,
  ...more,
})
const failed = { isError: true }
const rollback = { isRollback: true }
const incident = (startMillis: number, endMillis: number | undefined, ...causes: readonly string[]): Incident => ({
  startMillis,
  ...(endMillis === undefined ? {} : { endMillis }),
  causes,
  groups: [],
  isCounted: true,
})
const change = (spanId: string, startMillis: number, key = spanId): Change => ({
  spanId,
  key,
  startMillis,
  groups: [],
  isCounted: true,
})

/** `10 failed` */
const outcomes = (deploys: readonly Bringing[], incidents: readonly Incident[] = []): readonly string[] =>
  outcomesOf(deploys, incidents).map(({ atMillis, isFailed }) => `${atMillis} ${isFailed ? 'failed' : 'well'}`)
/** `at 50: 30` */
const times = (samples: readonly { atMillis: number; millis: number }[]): readonly string[] =>
  samples.map(({ atMillis, millis }) => `at ${atMillis}: ${millis}`).sort()

describe('a change to production has failed', () => {
  it('when its deploy did', () => {
    expect(outcomes([deploy('a', 0, 10), deploy('b', 20, 30, failed)])).toEqual(['10 well', '30 failed'])
  })

  it('when it was rolled back, by a deploy that is no change itself', () => {
    expect(outcomes([deploy('a', 0, 10), deploy('b', 20, 30), deploy('r', 40, 50, rollback)])).toEqual([
      '10 well',
      '30 failed',
    ])
  })

  it('when an incident names its deploy, be it over or not', () => {
    expect(outcomes([deploy('a', 0, 10), deploy('b', 20, 30)], [incident(12, undefined, 'a')])).toEqual([
      '10 failed',
      '30 well',
    ])
  })

  it('and not when a rollback failed, was elsewhere, or began before it was in place', () => {
    const elsewhere = { ...rollback, place: 'shop staging' }
    expect(outcomes([deploy('a', 0, 10), deploy('r', 40, 50, { ...rollback, ...failed })])).toEqual(['10 well'])
    expect(outcomes([deploy('a', 0, 10), deploy('r', 40, 50, elsewhere)])).toEqual(['10 well'])
    expect(outcomes([deploy('a', 0, 45), deploy('r', 40, 50, rollback)])).toEqual(['45 well'])
  })
})

describe('a failure is restored', () => {
  it('by the next deploy to the same place that succeeds; failures in a row are one', () => {
    const deploys = [
      deploy('a', 0, 10, failed),
      deploy('x', 11, 12, { place: 'billing production' }),
      deploy('b', 20, 30, failed),
      deploy('c', 40, 50),
      deploy('d', 60, 70),
      deploy('e', 80, 90, failed),
    ]
    expect(times(restorationsOf(deploys, []))).toEqual(['at 50: 40'])
  })

  it('by a rollback, from the end of what it replaced', () => {
    expect(times(restorationsOf([deploy('a', 0, 10), deploy('b', 20, 30), deploy('r', 90, 95, rollback)], []))).toEqual(
      ['at 95: 65'],
    )
  })

  it('when its incident is over, which also stands for the rollback', () => {
    const deploys = [deploy('b', 20, 30), deploy('r', 90, 95, rollback)]
    expect(times(restorationsOf(deploys, [incident(40, 100, 'b'), incident(200, undefined)]))).toEqual(['at 100: 60'])
  })
})

describe('the lead time of a change', () => {
  it('is from its start to the end of the first deploy that brought it and succeeded', () => {
    const deploys = [
      deploy('a', 10, 20, { ...failed, changes: ['p'] }),
      deploy('b', 30, 40, { changes: ['p', 'q'] }),
      deploy('c', 50, 60, { changes: ['q', 'gone'] }),
      deploy('r', 1, 2, { ...rollback, changes: ['p'] }),
    ]
    expect(times(leadTimesOf(deploys, [change('p', 5), change('q', 25)]))).toEqual(['at 40: 15', 'at 40: 35'])
  })

  it('counts once for a pull request that was reopened', () => {
    const deploys = [deploy('a', 10, 20, { changes: ['p1'] }), deploy('b', 30, 40, { changes: ['p2'] })]
    expect(times(leadTimesOf(deploys, [change('p1', 5, 'p'), change('p2', 5, 'p')]))).toEqual(['at 20: 15'])
  })
})

test('the order in which deploys come makes no difference to any measure', () => {
  const deploys = fc
    .array(
      fc.record({
        startMillis: fc.integer({ min: 0, max: 30 }),
        millis: fc.integer({ min: 0, max: 10 }),
        isError: fc.boolean(),
        isRollback: fc.boolean(),
        place: fc.constantFrom('a', 'b'),
        change: fc.constantFrom('p', 'q'),
      }),
      { maxLength: 10 },
    )
    .map((all) =>
      all.map(({ startMillis, millis, change: brought, ...more }, at) =>
        deploy(`d${at}`, startMillis, startMillis + millis, { ...more, changes: [brought] }),
      ),
    )
  const incidents = [incident(3, 9, 'd1'), incident(5, undefined, 'd2')]
  const changes = [change('p', 0), change('q', 4)]
  const told = (all: readonly Bringing[]) => [
    [...outcomes(all, incidents)].sort(),
    times(restorationsOf(all, incidents)),
    times(leadTimesOf(all, changes)),
  ]
  fc.assert(
    fc.property(
      deploys.chain((all) =>
        fc.shuffledSubarray(all, { minLength: all.length }).map((shuffled) => ({ all, shuffled })),
      ),
      ({ all, shuffled }) => expect(told(shuffled)).toEqual(told(all)),
    ),
  )
})
