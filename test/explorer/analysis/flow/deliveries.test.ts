import fc from 'fast-check'
import { FACTS } from '../../../../explorer/analysis/flow/facts.ts'
import { makeFlowSpans } from '../../../../explorer/analysis/flow/read-flow-spans.ts'
import type { SpanRecord } from '../../../../explorer/warehouse/span-record.ts'
import { link, span, withWarehouse } from '../../spans.ts'
import type { Deploy, Incident } from '../reference/deploys.ts'
import { outcomesOf, restorationsOf } from '../reference/failures.ts'
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

interface Told {
  /** `10 failed`, by their times. */
  readonly outcomes: readonly string[]
  /** `at 50: 30` */
  readonly restorations: readonly string[]
}

const outcomeText = (atMillis: number, isFailed: boolean) => `${atMillis} ${isFailed ? 'failed' : 'well'}`
const times = (samples: readonly { atMillis: number; millis: number }[]): readonly string[] =>
  samples.map(({ atMillis, millis }) => `at ${atMillis}: ${millis}`).sort()

const spansOf = (deploys: readonly Deploy[], incidents: readonly Incident[]): readonly SpanRecord[] => [
  ...deploys.map(({ spanId, place, startMillis, endMillis, isError, isRollback }) =>
    span(String(spanId), 'deploy', startMillis, endMillis, {
      isError,
      attributes: {
        'deployment.production': true,
        'deployment.environment.name': place,
        ...(isRollback ? { 'deployment.rollback': true } : {}),
      },
    }),
  ),
  ...incidents.map(({ startMillis, endMillis, causes }, at) =>
    span(`n${at}`, 'incident', startMillis, endMillis, {
      links: causes.map((cause) => link(String(cause), 'caused_by')),
    }),
  ),
]

/** What the database makes of deploys and incidents. */
const told = (deploys: readonly Deploy[], incidents: readonly Incident[] = []): Promise<Told> =>
  withWarehouse(spansOf(deploys, incidents), async (warehouse) => {
    await warehouse.index()
    const rows = await warehouse.snapshot(async (query) => {
      await makeFlowSpans(query, { filters: [] }, { fromMillis: 0, toMillis: 1000 }, 1)
      return query(`WITH ${FACTS} SELECT kind, epoch_ms(at_time) AS at_ms, millis, is_failed FROM facts ORDER BY at_ms`)
    })
    const ofKind = (kind: string) => rows.filter((row) => row.kind === kind)
    return {
      outcomes: ofKind('outcome').map((row) => outcomeText(Number(row.at_ms), row.is_failed === true)),
      restorations: times(
        ofKind('restoration').map((row) => ({ atMillis: Number(row.at_ms), millis: Number(row.millis) })),
      ),
    }
  })

describe('a change to production has failed', () => {
  it('when its deploy did', async () => {
    expect((await told([deploy('a', 0, 10), deploy('b', 20, 30, failed)])).outcomes).toEqual(['10 well', '30 failed'])
  })

  it('when it was rolled back, by a deploy that is no change itself', async () => {
    expect((await told([deploy('a', 0, 10), deploy('b', 20, 30), deploy('r', 40, 50, rollback)])).outcomes).toEqual([
      '10 well',
      '30 failed',
    ])
  })

  it('when an incident names its deploy, be it over or not', async () => {
    expect((await told([deploy('a', 0, 10), deploy('b', 20, 30)], [incident(12, undefined, 'a')])).outcomes).toEqual([
      '10 failed',
      '30 well',
    ])
  })

  it('and not when a rollback failed, was elsewhere, or began before it was in place', async () => {
    const elsewhere = { ...rollback, place: 'shop staging' }
    expect((await told([deploy('a', 0, 10), deploy('r', 40, 50, { ...rollback, ...failed })])).outcomes).toEqual([
      '10 well',
    ])
    expect((await told([deploy('a', 0, 10), deploy('r', 40, 50, elsewhere)])).outcomes).toEqual(['10 well'])
    expect((await told([deploy('a', 0, 45), deploy('r', 40, 50, rollback)])).outcomes).toEqual(['45 well'])
  })
})

describe('a failure is restored', () => {
  it('by the next deploy to the same place that succeeds; failures in a row are one', async () => {
    const deploys = [
      deploy('a', 0, 10, failed),
      deploy('x', 11, 12, { place: 'billing production' }),
      deploy('b', 20, 30, failed),
      deploy('c', 40, 50),
      deploy('d', 60, 70),
      deploy('e', 80, 90, failed),
    ]
    expect((await told(deploys)).restorations).toEqual(['at 50: 40'])
  })

  it('by a rollback, from the end of what it replaced', async () => {
    expect((await told([deploy('a', 0, 10), deploy('b', 20, 30), deploy('r', 90, 95, rollback)])).restorations).toEqual(
      ['at 95: 65'],
    )
  })

  it('when its incident is over, which also stands for the rollback', async () => {
    const deploys = [deploy('b', 20, 30), deploy('r', 90, 95, rollback)]
    expect((await told(deploys, [incident(40, 100, 'b'), incident(200, undefined)])).restorations).toEqual([
      'at 100: 60',
    ])
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

test('whatever is deployed, the database tells what can be told by going through it', async () => {
  const deploys = fc
    .array(
      fc.record({
        startMillis: fc.integer({ min: 0, max: 30 }),
        millis: fc.integer({ min: 0, max: 10 }),
        isError: fc.boolean(),
        isRollback: fc.boolean(),
        place: fc.constantFrom('a', 'b'),
      }),
      { maxLength: 10 },
    )
    .map((all) =>
      all.map(({ startMillis, millis, ...more }, at) => deploy(`d${at}`, startMillis, startMillis + millis, more)),
    )
  const incidents = [incident(3, 9, 'd1'), incident(5, undefined, 'd2')]
  await fc.assert(
    fc.asyncProperty(deploys, async (all) => {
      const outcomes = outcomesOf(all, incidents).map(({ atMillis, isFailed }) => outcomeText(atMillis, isFailed))
      const found = await told(all, incidents)
      expect([...found.outcomes].sort()).toEqual(outcomes.sort())
      expect(found.restorations).toEqual(times(restorationsOf(all, incidents)))
    }),
    { numRuns: 25 },
  )
})
