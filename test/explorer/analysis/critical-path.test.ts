import fc from 'fast-check'
import { criticalPath } from '../../../explorer/analysis/critical-path.ts'
import { partsOf } from '../../../explorer/analysis/path/parts.ts'
import type { Segment } from '../../../explorer/analysis/path/segments.ts'
import { queryOf } from '../../../explorer/query.ts'
import { span, withWarehouse } from '../spans.ts'

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

const segment = (name: string, fromMillis: number, toMillis: number): Segment => ({
  fromMillis,
  toMillis,
  kind: 'work',
  name,
  spanId: 's',
})

test('beyond forty parts the rest is one', () => {
  const segments = Array.from({ length: 60 }, (_, at) => segment(`step ${at}`, at * 100, at * 100 + 100 - at))
  const { parts } = partsOf([{ durationMillis: 6000, segments }])
  expect(parts).toHaveLength(40)
  expect(parts[0]).toEqual({ kind: 'work', name: 'other', share: 1071 / 6000, medianMillis: 1071, spans: 1 })
})

test('shares add up to 1 and none is negative', () => {
  const lengths = fc.array(fc.record({ name: fc.string({ maxLength: 2 }), millis: fc.integer({ min: 1, max: 1e9 }) }), {
    minLength: 1,
    maxLength: 80,
  })
  fc.assert(
    fc.property(fc.array(lengths, { minLength: 1 }), (spans) => {
      const divided = spans.map((parts) => ({
        durationMillis: parts.reduce((sum, { millis }) => sum + millis, 0),
        segments: parts.map(({ name, millis }) => segment(name, 0, millis)),
      }))
      const { parts } = partsOf(divided)
      expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
      expect(parts.every(({ share }) => share > 0)).toBe(true)
    }),
  )
})
