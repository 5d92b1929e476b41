import { randomOf } from '../../../demo/history/random.ts'
import { attributeNames } from '../../../explorer/analysis/attribute-names.ts'
import { groups } from '../../../explorer/analysis/groups.ts'
import { histogram } from '../../../explorer/analysis/histogram.ts'
import { spans } from '../../../explorer/analysis/spans.ts'
import type { Filter, Query } from '../../../explorer/query.ts'
import type { SpanRecord } from '../../../explorer/warehouse/span-record.ts'
import { openWarehouse, type Warehouse } from '../../../explorer/warehouse/warehouse.ts'
import { randomHistory } from '../../support/random-history.ts'
import { isMarked } from '../../support/seen-by-hand.ts'
import { spanRecord } from '../../support/span-record.ts'

const START = 1_790_000_000_000
const ask = (told: Partial<Query> = {}): Query => ({
  operation: 'deploy',
  filters: [],
  selection: { kind: 'failed' },
  ...told,
})

/** A deploy that took so many milliseconds, in a trace of its own with an issue of a team. */
const deploy = (at: number, millis: number | undefined, told: Partial<SpanRecord> = {}): readonly SpanRecord[] => {
  const traceId = (at + 1).toString(16).padStart(32, '0')
  const { endMillis: _, ...open } = spanRecord({ traceId, operation: 'deploy', startMillis: START + at, ...told })
  return [
    millis === undefined ? open : { ...open, endMillis: START + at + millis },
    spanRecord({ traceId, spanId: 'c'.repeat(16), attributes: { team: at % 2 === 0 ? 'red' : 'blue', size: at } }),
  ]
}

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:' })
  await warehouse.put([
    ...deploy(0, 0.5, { attributes: { region: 'eu', attempt: 1, 'build.number': 7 } }),
    ...deploy(1, 100, { attributes: { region: 'eu', attempt: 1 }, isError: true }),
    ...deploy(2, 150, { attributes: { region: 'us', attempt: 2 } }),
    ...deploy(3, 1000, { attributes: {}, isError: true }),
    ...deploy(4, undefined, { attributes: { region: 'us' } }),
  ])
})
afterAll(() => warehouse.close())

describe('the histogram', () => {
  it('puts finished spans into buckets of a log scale without gaps, with failed and selected ones', async () => {
    const { buckets, ...rest } = await histogram(warehouse, ask())
    expect(rest).toEqual({
      count: 4,
      failed: 2,
      p50Millis: 125,
      p90Millis: expect.closeTo(745, 6),
      p99Millis: expect.closeTo(974.5, 6),
    })
    expect(buckets.map(({ fromMillis }, at) => at === 0 || fromMillis === buckets[at - 1]?.toMillis)).not.toContain(
      false,
    )
    expect(buckets).toHaveLength(14)
    expect(buckets.filter(({ count }) => count > 0)).toEqual([
      { fromMillis: 0, toMillis: 100, count: 1, failed: 0, selected: 0 },
      { fromMillis: 100, toMillis: 121.152765863, count: 1, failed: 1, selected: 1 },
      { fromMillis: 146.779926762, toMillis: 177.827941004, count: 1, failed: 0, selected: 0 },
      { fromMillis: 1000, toMillis: 1211.52765863, count: 1, failed: 1, selected: 1 },
    ])
  })

  it('is empty where nothing is', async () => {
    expect(await histogram(warehouse, ask({ operation: 'nothing' }))).toEqual({ buckets: [], count: 0, failed: 0 })
  })
})

describe('groups', () => {
  it('tell of each value how many, how many failed and how long, and of those without one', async () => {
    const { by, rows, cut } = await groups(warehouse, ask(), { scope: 'self', name: 'region' })
    expect([by, cut]).toEqual(['self:region', 0])
    expect(rows.map(({ p90Millis: _, p99Millis: __, ...row }) => row)).toEqual([
      { value: 'eu', filter: 'self:region=eu', count: 2, failed: 1, p50Millis: 50.25 },
      { value: 'us', filter: 'self:region=us', count: 1, failed: 0, p50Millis: 150 },
      { filter: '!self:region', count: 1, failed: 1, p50Millis: 1000 },
    ])
  })

  it.each([
    ['a number', 'self', 'attempt', ['1', '2', undefined]],
    ['what another span has', 'issue', 'team', ['blue', 'red']],
    ['what only tells one from all others', 'self', 'build.number', [undefined, '7']],
  ])('are made by %s', async (_what, scope, name, values) => {
    const { rows } = await groups(warehouse, ask(), { scope, name })
    expect(rows.map(({ value }) => value)).toEqual(values)
  })
})

it('the names of attributes are those of the span and of the others in its trace, with what is frequent', async () => {
  expect((await attributeNames(warehouse, ask())).attributes).toEqual([
    { scope: 'self', name: 'attempt', values: 2, frequent: ['1', '2'] },
    { scope: 'self', name: 'region', values: 2, frequent: ['eu', 'us'] },
    { scope: 'issue', name: '*', values: 0, frequent: [] },
    { scope: 'issue', name: 'size', values: 4, frequent: expect.arrayContaining(['0', '3']) },
    { scope: 'issue', name: 'team', values: 2, frequent: expect.arrayContaining(['red', 'blue']) },
  ])
})

describe('spans', () => {
  const page = { sort: 'duration', order: 'desc', limit: 2, offset: 0, isSelectedOnly: false } as const

  it('come by the page, those under way last, with how many there are', async () => {
    const first = await spans(warehouse, ask(), page)
    expect(first.total).toBe(5)
    expect(first.spans[0]).toEqual({
      traceId: '4'.padStart(32, '0'),
      spanId: 'b'.repeat(16),
      operation: 'deploy',
      title: 'deploy',
      startMillis: START + 3,
      durationMillis: 1000,
      isError: true,
      result: 'failure',
    })
    const last = await spans(warehouse, ask(), { ...page, offset: 4 })
    expect(last.spans.map(({ durationMillis }) => durationMillis)).toEqual([undefined])
    expect(await spans(warehouse, ask(), { ...page, offset: 5 })).toEqual({ spans: [], total: 5 })
  })

  it('can be the selected ones alone, and in the order of their start', async () => {
    const { spans: rows, total } = await spans(warehouse, ask(), {
      ...page,
      isSelectedOnly: true,
      sort: 'start',
      order: 'asc',
    })
    expect([rows.map(({ startMillis }) => startMillis - START), total]).toEqual([[1, 3], 2])
  })
})

describe('filters', () => {
  it.each<[string, Partial<Query>, number]>([
    ['on the span itself', { filters: [{ scope: 'self', name: 'region', value: 'eu', isNot: false }] }, 2],
    ['on its absence', { filters: [{ scope: 'self', name: 'region', isNot: true }] }, 1],
    ['on a number', { filters: [{ scope: 'self', name: 'attempt', value: '2', isNot: false }] }, 1],
    ['on what is no number', { filters: [{ scope: 'self', name: 'attempt', value: 'two', isNot: false }] }, 0],
    ['on what tells one from all', { filters: [{ scope: 'self', name: 'build.number', value: '7', isNot: false }] }, 1],
    ['on another span', { filters: [{ scope: 'issue', name: 'team', value: 'red', isNot: false }] }, 2],
    ['on there being none', { filters: [{ scope: 'build', name: '*', isNot: true }] }, 4],
    ['with a quote', { filters: [{ scope: "x' OR 1=1 --", name: '*', isNot: false }] }, 0],
    ['of the time from then on', { fromMillis: START + 152 }, 2],
    ['of the time before', { toMillis: START + 152 }, 2],
  ])('keep what has it: %s', async (_what, told, count) => {
    expect((await histogram(warehouse, ask(told))).count).toBe(count)
  })

  it('agree with looking at every span of every trace', async () => {
    const history = randomHistory(60, randomOf(5))
    const random = await openWarehouse({ path: ':memory:' })
    await random.put(history)
    for (const [scope, operation] of [
      ['self', 'build'],
      ['build', 'build'],
      ['deploy', 'issue'],
    ] as const) {
      const held = scope === 'self' ? operation : scope
      const filters: Filter[] = [
        { scope, name: '*', isNot: false },
        { scope, name: `${held}.team`, value: 'red', isNot: false },
        { scope, name: `${held}.labels`, value: 'x', isNot: true },
      ]
      for (const filter of filters) {
        const mark = { ...filter, isAbsent: filter.isNot }
        const seen = history.filter((span) => span.operation === operation && isMarked(mark, span, history))
        expect([filter, (await histogram(random, ask({ operation, filters: [filter] }))).count]).toEqual([
          filter,
          seen.length,
        ])
      }
    }
    await random.close()
  })
})
