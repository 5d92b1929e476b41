import { randomOf } from '../../../demo/history/random.ts'
import { correlations } from '../../../explorer/analysis/correlations.ts'
import type { Query } from '../../../explorer/query.ts'
import type { SpanRecord } from '../../../explorer/warehouse/span-record.ts'
import { openWarehouse, type Warehouse } from '../../../explorer/warehouse/warehouse.ts'
import { randomHistory } from '../../support/random-history.ts'
import { isMarked } from '../../support/seen-by-hand.ts'
import { spanRecord } from '../../support/span-record.ts'

const ask = (told: Partial<Query> = {}): Query => ({
  operation: 'issue',
  filters: [],
  selection: { kind: 'slow' },
  ...told,
})

const warehouseOf = async (records: readonly SpanRecord[]): Promise<Warehouse> => {
  const warehouse = await openWarehouse({ path: ':memory:' })
  await warehouse.put(records)
  return warehouse
}

/** Traces of an issue and, unless `attributes` is undefined, a deploy; those of `isSlow` take a hundred times as long. */
const traces = (
  count: number,
  isSlow: (at: number) => boolean,
  deploy: (at: number) => SpanRecord['attributes'] | undefined,
  issue: (at: number) => SpanRecord['attributes'] = () => ({}),
): readonly SpanRecord[] =>
  Array.from({ length: count }, (_, at) => at).flatMap((at) => {
    const traceId = (at + 1).toString(16).padStart(32, '0')
    const startMillis = 1_790_000_000_000
    const attributes = deploy(at)
    const millis = (isSlow(at) ? 100_000 : 1000) + at
    return [
      spanRecord({ traceId, startMillis, endMillis: startMillis + millis, attributes: issue(at) }),
      ...(attributes === undefined
        ? []
        : [spanRecord({ traceId, spanId: 'c'.repeat(16), operation: 'deploy', attributes })]),
    ]
  })

const LONG = 70 * 3_600_000

const medianOf = (spans: readonly SpanRecord[]): number => {
  const sorted = spans.map(({ startMillis, endMillis = Number.NaN }) => endMillis - startMillis).sort((a, b) => a - b)
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return ((lower ?? Number.NaN) + (upper ?? Number.NaN)) / 2
}

describe('correlations', () => {
  it('look for the cause of a failure, not for the second try that follows from it', async () => {
    const tries = Array.from({ length: 60 }, (_, at) => at).flatMap((at): readonly SpanRecord[] => {
      const traceId = (at + 1).toString(16).padStart(32, '0')
      const isMutable = at % 3 === 0
      const attributes = { 'build.parameter.deploy_type': isMutable ? 'mutable' : 'ami' }
      const deploy = (spanId: string, isError: boolean) =>
        spanRecord({ traceId, spanId: spanId.repeat(16), operation: 'deploy', attributes, isError })
      return isMutable ? [deploy('a', true), deploy('b', false)] : [deploy('a', false)]
    })
    const warehouse = await warehouseOf(tries)
    const found = await correlations(warehouse, ask({ operation: 'deploy', selection: { kind: 'failed' } }))
    expect(found.passing.map(({ marks }) => marks.map(({ scope, name, value }) => [scope, name, value]))).toEqual([
      [['self', 'build.parameter.deploy_type', 'mutable']],
    ])
    expect(found.leftOut).toContainEqual({ scope: 'deploy', name: '*', reason: 'follows from a failure' })
    await warehouse.close()
  })

  it('find what the slow ones have in common on another span of their trace, with all that is known of it', async () => {
    const warehouse = await warehouseOf(
      traces(
        100,
        (at) => at % 10 === 0,
        (at) => ({
          'build.parameter.deploy_type': at % 10 === 0 ? 'ami' : 'container',
          region: at % 2 === 0 ? 'eu' : 'us',
        }),
      ),
    )
    const found = await correlations(warehouse, ask())
    expect(found.population).toEqual({ operation: 'issue', count: 100, failed: 0 })
    expect(found.selection).toEqual({ kind: 'slow', count: 10, minMillis: 100_000, maxMillis: 100_090 })
    expect(found.passing[0]).toEqual({
      marks: [
        {
          scope: 'deploy',
          name: 'build.parameter.deploy_type',
          value: 'ami',
          isAbsent: false,
          filter: 'deploy:build.parameter.deploy_type=ami',
        },
      ],
      selected: { having: 10, of: 10 },
      others: { having: 0, of: 90 },
      score: 1,
      pValue: expect.closeTo(5.776904234533239e-14, 24),
      qValue: expect.closeTo(1.1553808469066478e-13, 24),
      medianWithMillis: 100_045,
      medianWithoutMillis: 1050,
    })
    expect(found).toMatchObject({ tests: 2, cut: 0, leftOut: [] })
    await warehouse.close()
  })

  it('tell the absence of an operation, and what never is in the selection where nothing is its opposite', async () => {
    const type = (at: number) => (at % 3 === 0 ? 'a' : at % 3 === 1 ? 'b' : 'c')
    const warehouse = await warehouseOf(
      traces(
        200,
        (at) => at % 4 === 0,
        (at) => (at % 4 === 0 ? undefined : {}),
        (at) => ({ type: at % 4 === 0 && type(at) === 'c' ? 'b' : type(at) }),
      ),
    )
    const { passing } = await correlations(
      warehouse,
      ask({ selection: { kind: 'duration', minMillis: 50_000, maxMillis: 1e9 } }),
    )
    expect(passing.map(({ marks, score }) => [marks.map(({ filter }) => filter), score])).toEqual([
      [['!deploy:*'], 1],
      [['self:type=c'], -1],
      [['self:type=b'], expect.closeTo(0.4949, 4)],
    ])
    await warehouse.close()
  })

  it('put what marks the same spans into one row, and never show its opposite beside it', async () => {
    const warehouse = await warehouseOf(
      traces(
        60,
        (at) => at % 6 === 0,
        () => undefined,
        (at) => ({
          team: at % 6 === 0 ? 'red' : 'blue',
          colour: at % 6 === 0 ? 'ff0000' : '0000ff',
          odd: at % 2 === 1,
        }),
      ),
    )
    const { passing, weak } = await correlations(warehouse, ask())
    expect([...passing, ...weak].map(({ marks }) => marks.map(({ filter }) => filter))).toEqual([
      ['self:colour=ff0000', 'self:team=red'],
      ['self:odd=false'],
    ])
    await warehouse.close()
  })

  it('bin numbers by their quantiles, and give no filter for a bin', async () => {
    const warehouse = await warehouseOf(
      traces(
        100,
        (at) => at >= 80,
        (at) => ({ lines: at, files: at >= 80 ? 7 : 2 }),
      ),
    )
    const { passing } = await correlations(
      warehouse,
      ask({ selection: { kind: 'duration', minMillis: 50_000, maxMillis: 1e9 } }),
    )
    expect(passing[0]?.marks).toEqual([
      { scope: 'deploy', name: 'files', value: '7', isAbsent: false },
      { scope: 'deploy', name: 'lines', value: '80 – 99', isAbsent: false },
    ])
    await warehouse.close()
  })

  it('leave out what tells one from all others, what is the same on all, and what repeats the result', async () => {
    const issue = (at: number) => ({
      'issue.number': at,
      branch: `b${at}`,
      service: 'github',
      'valuestream.result': at % 3 === 0 ? 'failure' : 'success',
    })
    const warehouse = await warehouseOf(
      traces(
        40,
        () => false,
        () => undefined,
        issue,
      ).map((span, at) => ({ ...span, isError: at % 3 === 0 })),
    )
    const found = await correlations(warehouse, ask({ selection: { kind: 'failed' } }))
    expect(found.leftOut).toEqual([
      { scope: 'self', name: 'branch', reason: 'has no value on at least 5 spans that as many do not have' },
      { scope: 'self', name: 'issue.number', reason: 'tells one from all others, or is text' },
      { scope: 'self', name: 'service', reason: 'is the same on all' },
      { scope: 'self', name: 'valuestream.result', reason: 'says again what the spans are selected by' },
    ])
    expect(found.reason).toBe('There is nothing to compare: every attribute is the same on all spans, or is left out.')
    await warehouse.close()
  })

  it('say why there is nothing to see', async () => {
    const warehouse = await warehouseOf(
      traces(
        40,
        () => false,
        () => ({}),
        (at) => ({ odd: at % 2 === 1 }),
      ),
    )
    const reason = async (told: Partial<Query>) => (await correlations(warehouse, ask(told))).reason
    expect([
      await reason({ operation: 'nothing' }),
      await reason({ selection: { kind: 'slow' } }),
      await reason({ selection: { kind: 'failed' } }),
      await reason({ selection: { kind: 'duration', minMillis: 0, maxMillis: 1e9 } }),
      await reason({ selection: { kind: 'duration', minMillis: 0, maxMillis: 1020 } }),
    ]).toEqual([
      'There is no finished span here: choose another operation, a longer time or fewer filters.',
      expect.stringContaining('Only 4 of 40 spans are selected'),
      expect.stringContaining('Only 0 of 40 spans are selected'),
      expect.stringContaining('All but 0 of 40 spans are selected'),
      expect.stringContaining('of 1 comparisons'),
    ])
    await warehouse.close()
  })

  const isFailed = ({ isError }: SpanRecord) => isError
  const isLong = ({ startMillis, endMillis = 0 }: SpanRecord) => endMillis - startMillis >= LONG
  it.each([
    ['issue', { kind: 'failed' }, isFailed],
    ['build', { kind: 'failed' }, isFailed],
    // Other builds of the trace count here: they follow from no failure.
    ['build', { kind: 'duration', minMillis: LONG, maxMillis: 1e12 }, isLong],
  ] as const)(
    'count of %ss (%j) what looking at every span of every trace counts',
    async (operation, selection, isSelected) => {
      const history = randomHistory(80, randomOf(3))
      const warehouse = await warehouseOf(history)
      const found = await correlations(warehouse, ask({ operation, selection }))
      const population = history.filter((span) => span.operation === operation)
      const shown = [...found.passing, ...found.weak]
      expect(shown.length).toBeGreaterThan(10)
      for (const { marks, selected, others, medianWithMillis, medianWithoutMillis } of shown) {
        for (const mark of marks) {
          // A value is looked for only where there is a span that could have it.
          const presence = { scope: mark.scope, name: '*', isAbsent: false }
          const within = mark.name === '*' ? population : population.filter((span) => isMarked(presence, span, history))
          const marked = within.filter((span) => isMarked(mark, span, history))
          const chosen = { having: marked.filter(isSelected).length, of: within.filter(isSelected).length }
          expect([mark, selected, others]).toEqual([
            mark,
            chosen,
            { having: marked.length - chosen.having, of: within.length - chosen.of },
          ])
          expect([mark, medianWithMillis, medianWithoutMillis]).toEqual([
            mark,
            expect.closeTo(medianOf(marked), 3),
            expect.closeTo(medianOf(within.filter((span) => !marked.includes(span))), 3),
          ])
        }
      }
      await warehouse.close()
    },
  )
})
