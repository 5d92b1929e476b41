import fc from 'fast-check'
import { criticalPath } from '../../../explorer/analysis/critical-path.ts'
import type { CriticalPath } from '../../../explorer/api/critical-path.ts'
import { queryOf } from '../../../explorer/query.ts'
import type { Warehouse } from '../../../explorer/warehouse/warehouse.ts'
import { span, withWarehouse } from '../spans.ts'
import { pathByHand } from './reference/path-by-hand.ts'

const issues = queryOf(new URLSearchParams())

test('over all issues: what work and what waiting took, as parts of the whole', async () => {
  const records = [
    span('i', 'issue', 0, 100),
    span('p', 'pull_request', 10, 50, {
      parentSpanId: 'i',
      events: [
        { name: 'pushed', atMillis: 15, attributes: {} },
        { name: 'pushed', atMillis: 20, attributes: {} },
        { name: 'review', atMillis: 30, attributes: {} },
      ],
    }),
    span('d', 'deploy', 60, 90, { parentSpanId: 'p' }),
    span('j', 'issue', 0, 60, { traceId: 'u' }),
    span('q', 'pull_request', 20, undefined, { traceId: 'u', parentSpanId: 'j' }),
    span('k', 'issue', 0, undefined, { traceId: 'v' }),
    span('b', 'build', 0, 1000, { traceId: 'w' }),
  ]
  expect(await withWarehouse(records, (warehouse) => criticalPath(warehouse, issues))).toEqual({
    count: 2,
    totalMillis: 160,
    parts: [
      { kind: 'wait', name: 'review', share: 70 / 160, medianMillis: 35, spans: 2 },
      { kind: 'work', name: 'deploy', share: 30 / 160, medianMillis: 30, spans: 1 },
      { kind: 'wait', name: 'pull_request', share: 30 / 160, medianMillis: 15, spans: 2 },
      { kind: 'wait', name: 'close', share: 10 / 160, medianMillis: 10, spans: 1 },
      { kind: 'wait', name: 'deploy', share: 10 / 160, medianMillis: 10, spans: 1 },
      { kind: 'work', name: 'pull_request', share: 10 / 160, medianMillis: 10, spans: 1 },
    ],
  })
})

test('of a population of none there are no parts', async () => {
  expect(await withWarehouse([], (warehouse) => criticalPath(warehouse, issues))).toEqual({
    count: 0,
    totalMillis: 0,
    parts: [],
  })
})

test('beyond forty parts the rest is one', async () => {
  const steps = Array.from({ length: 60 }, (_, at) =>
    span(`s${at}`, `step ${at}`, at * 100, at * 100 + 100 - at, { parentSpanId: 'b' }),
  )
  const builds = queryOf(new URLSearchParams({ operation: 'build' }))
  const { parts } = await withWarehouse([span('b', 'build', 0, 6000), ...steps], (warehouse) =>
    criticalPath(warehouse, builds),
  )
  expect(parts).toHaveLength(40)
  expect(parts.slice(0, 3)).toEqual([
    { kind: 'work', name: 'build', share: 1770 / 6000, medianMillis: 1770, spans: 1 },
    { kind: 'work', name: 'other', share: 1133 / 6000, medianMillis: 1133, spans: 1 },
    { kind: 'work', name: 'step 0', share: 100 / 6000, medianMillis: 100, spans: 1 },
  ])
})

/** Parents may be absent, or name each other in a circle. */
const spanIn = (traceId: string, at: number) =>
  fc
    .record({
      operation: fc.constantFrom('issue', 'pull_request', 'build', 'other'),
      startMillis: fc.integer({ min: 0, max: 40 }),
      millis: fc.option(fc.integer({ min: 0, max: 60 })),
      parent: fc.option(fc.integer({ min: 0, max: 7 })),
      pushes: fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 2 }),
    })
    .map(({ operation, startMillis, millis, parent, pushes }) =>
      span(`${traceId}${at}`, operation, startMillis, millis === null ? undefined : startMillis + millis, {
        traceId,
        ...(parent === null ? {} : { parentSpanId: `${traceId}${parent}` }),
        events: pushes.map((atMillis) => ({ name: 'pushed', atMillis, attributes: {} })),
      }),
    )

const history = fc
  .tuple(...['t', 'u', 'v'].flatMap((traceId) => Array.from({ length: 6 }, (_, at) => fc.option(spanIn(traceId, at)))))
  .map((spans) => spans.flatMap((one) => one ?? []))

const OPERATIONS = ['issue', 'pull_request', 'build']
const pathsOf = async (warehouse: Warehouse) => {
  const paths: CriticalPath[] = []
  for (const operation of OPERATIONS) paths.push(await criticalPath(warehouse, { operation, filters: [] }))
  return paths
}

test('what is kept at intake adds up to what the spans say, also after they have changed', async () => {
  await fc.assert(
    fc.asyncProperty(history, history, async (before, after) => {
      const told = await withWarehouse(before, async (warehouse) => {
        await pathsOf(warehouse)
        await warehouse.put(after)
        return pathsOf(warehouse)
      })
      const last = new Map([...before, ...after].map((record) => [record.spanId, record]))
      expect(told).toEqual(OPERATIONS.map((operation) => pathByHand([...last.values()], operation)))
    }),
    { numRuns: 10 },
  )
})

test('shares add up to 1 and none is negative', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (records) => {
      for (const { parts, totalMillis } of await withWarehouse(records, pathsOf)) {
        const sum = parts.reduce((so, { share }) => so + share, 0)
        expect(sum).toBeCloseTo(totalMillis === 0 ? 0 : 1, 9)
        expect(parts.every(({ share }) => share > 0)).toBe(true)
      }
    }),
    { numRuns: 10 },
  )
})
