import { flowQueryOf } from '../../../../explorer/analysis/flow/flow-query.ts'
import { flow } from '../../../../explorer/analysis/flow.ts'
import type { Flow } from '../../../../explorer/api/flow.ts'
import type { SpanRecord } from '../../../../explorer/warehouse/span-record.ts'
import { link, span, withWarehouse } from '../../spans.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A Monday. */
const MONDAY = Date.UTC(2026, 8, 7)
const at = (days: number, hours = 0): number => MONDAY + days * DAY + hours * HOUR

const production = (repository: string, more: SpanRecord['attributes'] = {}): SpanRecord['attributes'] => ({
  'vcs.owner.name': 'acme',
  'vcs.repository.name': repository,
  'deployment.environment.name': 'production',
  'deployment.production': true,
  ...more,
})
const activity = (key: string, episode = 1) => ({
  'valuestream.activity.key': key,
  'valuestream.episode': episode,
  'vcs.repository.name': 'shop',
})

/** Two weeks of one team's shop, and one deploy of another's billing. */
const HISTORY: readonly SpanRecord[] = [
  span('i1', 'issue', at(0), at(2), { attributes: activity('issue:1') }),
  span('i2', 'issue', at(3), at(8), {
    traceId: 'u',
    attributes: { ...activity('issue:1', 2), 'issue.labels': ['bug'] },
  }),
  span('p1', 'pull_request', at(0, 6), at(1), { parentSpanId: 'i1', attributes: activity('pull:1') }),
  span('p2', 'pull_request', at(4), at(5), { traceId: 'u', parentSpanId: 'i2', attributes: activity('pull:2') }),
  span('b1', 'build', at(0, 7), at(0, 8), {
    parentSpanId: 'p1',
    attributes: { ...activity('run:1'), 'build.attempt': 2 },
  }),
  // Brings p1 after 24 hours.
  span('d1', 'deploy', at(1, 5), at(1, 6), { parentSpanId: 'b1', attributes: production('shop') }),
  span('s1', 'deploy', at(1), at(1, 1), {
    parentSpanId: 'b1',
    attributes: production('shop', { 'deployment.production': false }),
  }),
  // Fails in the second week and is mended after 2 hours; then p2 is there, 4 days after its start.
  span('d2', 'deploy', at(7, 20), at(7, 22), {
    traceId: 'u',
    parentSpanId: 'p2',
    isError: true,
    attributes: production('shop'),
  }),
  span('d3', 'deploy', at(7, 23), at(8), {
    traceId: 'v',
    links: [link('p2', 'carried', 'u')],
    attributes: production('shop'),
  }),
  span('c', 'deploy', at(8), at(8, 1), {
    traceId: 'v',
    attributes: production('shop', { 'valuestream.result': 'cancellation' }),
  }),
  span('e', 'deploy', at(9), at(9, 1), { traceId: 'w', attributes: production('billing') }),
  span('n', 'incident', at(10), at(10, 6), { traceId: 'x', links: [link('e', 'caused_by', 'w')] }),
  span('o1', 'issue', at(10), undefined, { traceId: 'y', attributes: { 'issue.number': 9 } }),
  span('o2', 'issue', at(12), undefined, { traceId: 'z' }),
]
const NOW = at(13)

const asked = (text: string, records: readonly SpanRecord[] = HISTORY): Promise<Flow> =>
  withWarehouse(records, (warehouse) => flow(warehouse, flowQueryOf(new URLSearchParams(text)), NOW))

const TWO_WEEKS = 'from=2026-09-07&to=2026-09-21&interval=week'

test('over two weeks each measure is what can be counted by hand', async () => {
  const { groups, workInProgress, ...range } = await asked(TWO_WEEKS)
  expect(range).toEqual({ fromMillis: at(0), toMillis: at(14), interval: 'week', cut: 0 })
  expect(groups.map(({ measures }) => measures)).toEqual([
    {
      deploymentsPerDay: 3 / 14,
      deployments: 3,
      leadTimeMillis: (DAY + 4 * DAY) / 2,
      changeFailureRate: 2 / 4,
      timeToRestoreMillis: (2 * HOUR + 6 * HOUR) / 2,
      reworkRate: 2 / 11,
      operations: [
        { operation: 'issue', count: 2, failed: 0, p50Millis: 3.5 * DAY, p90Millis: 4.7 * DAY },
        { operation: 'pull_request', count: 2, failed: 0, p50Millis: 21 * HOUR, p90Millis: 23.4 * HOUR },
        { operation: 'build', count: 1, failed: 0, p50Millis: HOUR, p90Millis: HOUR },
        { operation: 'deploy', count: 6, failed: 1, p50Millis: HOUR, p90Millis: 1.5 * HOUR },
        { operation: 'incident', count: 1, failed: 0, p50Millis: 6 * HOUR, p90Millis: 6 * HOUR },
      ],
    },
  ])
  expect(workInProgress).toEqual([
    {
      operation: 'issue',
      count: 2,
      medianAgeMillis: 2 * DAY,
      oldest: [
        { traceId: 'y', spanId: 'o1', operation: 'issue', title: '#9', startMillis: at(10), isError: false },
        { traceId: 'z', spanId: 'o2', operation: 'issue', title: 'issue', startMillis: at(12), isError: false },
      ],
    },
  ])
})

test('each week has what ended in it', async () => {
  const { groups } = await asked(TWO_WEEKS)
  expect(
    groups[0]?.series.map(({ operations, ...measures }) => [measures, operations.map(({ count }) => count)]),
  ).toEqual([
    [
      {
        fromMillis: at(0),
        deploymentsPerDay: 1 / 7,
        deployments: 1,
        leadTimeMillis: DAY,
        changeFailureRate: 0,
        reworkRate: 1 / 6,
      },
      [1, 2, 1, 2],
    ],
    [
      {
        fromMillis: at(7),
        deploymentsPerDay: 2 / 7,
        deployments: 2,
        leadTimeMillis: 4 * DAY,
        changeFailureRate: 2 / 3,
        timeToRestoreMillis: 4 * HOUR,
        reworkRate: 1 / 5,
      },
      [1, 4, 1],
    ],
  ])
})

test('split by an attribute, what has it not takes it from its trace', async () => {
  const { groups } = await asked(`${TWO_WEEKS}&by=vcs.repository.name`)
  expect(
    groups.map(({ name, measures: { deployments, changeFailureRate } }) => [name, deployments, changeFailureRate]),
  ).toEqual([
    [undefined, 3, 0.5],
    ['shop', 2, 1 / 3],
    ['billing', 1, 1],
  ])
})

test('of a list each element is a group', async () => {
  const { groups } = await asked(`${TWO_WEEKS}&by=issue.labels`)
  expect(groups.map(({ name, measures }) => [name, measures.operations.map(({ count }) => count)])).toEqual([
    [undefined, [2, 2, 1, 6, 1]],
    ['bug', [1, 1, 1]],
  ])
})

test('filters are on the trace, and leave what mends a failure elsewhere in place', async () => {
  const { groups } = await asked(`${TWO_WEEKS}&filter=issue:issue.labels%3Dbug`)
  expect(groups[0]?.measures).toMatchObject({
    deployments: 0,
    leadTimeMillis: 4 * DAY,
    changeFailureRate: 1,
    timeToRestoreMillis: 2 * HOUR,
  })
  const others = await asked(`${TWO_WEEKS}&filter=!self:issue.labels%3Dbug`)
  expect(others.groups[0]?.measures.deployments).toBe(3)
})

test('the order in which the spans are put makes no difference', async () => {
  expect(await asked(`${TWO_WEEKS}&by=vcs.repository.name`, [...HISTORY].reverse())).toEqual(
    await asked(`${TWO_WEEKS}&by=vcs.repository.name`),
  )
})

test('unless it is said, the range is from the first end to the last, at an interval that suits it', async () => {
  const { groups, ...told } = await asked('')
  expect(told).toMatchObject({ fromMillis: at(0, 8), toMillis: at(10, 6) + 1, interval: 'day' })
  expect(groups[0]?.series).toHaveLength(11)
})

test('a deploy that names no environment goes to production', async () => {
  const { groups } = await asked(TWO_WEEKS, [span('d', 'deploy', at(1), at(2))])
  expect(groups[0]?.measures).toMatchObject({ deployments: 1, changeFailureRate: 0 })
})

test('of nothing nothing can be told', async () => {
  expect(await asked('', [])).toEqual({
    fromMillis: NOW,
    toMillis: NOW,
    interval: 'day',
    groups: [{ measures: { deploymentsPerDay: 0, deployments: 0, operations: [] }, series: [] }],
    cut: 0,
    workInProgress: [],
  })
})

test.each([
  ['interval=year', 'interval takes one of day, week, month.'],
  ['from=2000-01-01&interval=day', 'interval takes a length of which at most 1000 lie between from and to.'],
  [`by=${'x'.repeat(201)}`, 'by takes the name of an attribute, such as vcs.repository.name.'],
])('%s is refused with a sentence', async (text, sentence) => {
  await expect(async () => asked(text)).rejects.toThrow(sentence)
})
