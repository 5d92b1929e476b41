import fc from 'fast-check'
import { inTreeOrder } from '../../../explorer/analysis/trace/in-tree-order.ts'
import { trace } from '../../../explorer/analysis/trace.ts'
import { link, span, withWarehouse } from '../spans.ts'

const NOW = 1000

const told = (spans: readonly { spanId: string; parentSpanId?: string; startMillis: number }[]): readonly string[] =>
  inTreeOrder(spans.map((one) => ({ ...one, operation: 'build' }))).map(
    ({ activity: { spanId }, depth, isOrphan }) => `${depth} ${spanId}${isOrphan ? ' orphan' : ''}`,
  )

test('a trace is read from the top: each span below its parent, siblings by start', () => {
  expect(
    told([
      { spanId: 'c', parentSpanId: 'b', startMillis: 3 },
      { spanId: 'd', parentSpanId: 'a', startMillis: 2 },
      { spanId: 'b', parentSpanId: 'a', startMillis: 1 },
      { spanId: 'a', startMillis: 0 },
    ]),
  ).toEqual(['0 a', '1 b', '2 c', '1 d'])
})

test('a span whose parent is not here is an orphan at the top', () => {
  expect(
    told([
      { spanId: 'a', startMillis: 5 },
      { spanId: 'b', parentSpanId: 'gone', startMillis: 1 },
    ]),
  ).toEqual(['0 b orphan', '0 a'])
})

test('spans that name each other as parents, or themselves, stand there once', () => {
  expect(
    told([
      { spanId: 'a', parentSpanId: 'b', startMillis: 1 },
      { spanId: 'b', parentSpanId: 'a', startMillis: 2 },
      { spanId: 's', parentSpanId: 's', startMillis: 3 },
    ]),
  ).toEqual(['0 a', '1 b', '0 s'])
})

test('a very deep trace is put in order too', () => {
  const deep = Array.from({ length: 20_000 }, (_, at) => ({
    spanId: `s${at}`,
    ...(at === 0 ? {} : { parentSpanId: `s${at - 1}` }),
    startMillis: at,
  }))
  expect(told(deep).at(-1)).toBe('19999 s19999')
})

test('the order in which the spans come makes no difference, and none is lost', () => {
  const spans = fc
    .array(fc.record({ parent: fc.integer({ min: 0, max: 9 }), startMillis: fc.integer({ min: 0, max: 3 }) }), {
      maxLength: 8,
    })
    .map((all) =>
      all.map(({ parent, startMillis }, at) => ({ spanId: `${at}`, parentSpanId: `${parent}`, startMillis })),
    )
  fc.assert(
    fc.property(spans, (all) => {
      expect(told([...all].reverse())).toEqual(told(all))
      expect(told(all)).toHaveLength(all.length)
    }),
  )
})

test('a trace tells its spans with their waits, links, attributes, events and pages', async () => {
  const records = [
    span('i', 'issue', 0, 100, {
      attributes: {
        'vcs.owner.name': 'acme',
        'vcs.repository.name': 'shop',
        'issue.number': 12,
        'issue.title': 'Cart',
        'issue.url': 'https://github.com/acme/shop/issues/12',
        'issue.labels': ['bug'],
        'valuestream.result': 'success',
      },
    }),
    span('p', 'pull_request', 10, undefined, {
      parentSpanId: 'i',
      attributes: { 'vcs.change.id': '13', 'pull_request.url': 'javascript:alert(1)' },
      events: [{ name: 'pushed', atMillis: 20, attributes: {} }],
    }),
    span('d', 'deploy', 60, 90, {
      parentSpanId: 'gone',
      service: 'jenkins',
      isError: true,
      links: [link('p', 'carried'), link('x', 'carried', 'other')],
    }),
    span('x', 'pull_request', 0, 1, { traceId: 'another' }),
  ]
  expect(await withWarehouse(records, (warehouse) => trace(warehouse, 't', NOW))).toEqual({
    traceId: 't',
    title: 'acme/shop#12 Cart',
    startMillis: 0,
    endMillis: 1000,
    spans: [
      {
        traceId: 't',
        spanId: 'i',
        operation: 'issue',
        title: 'acme/shop#12 Cart',
        startMillis: 0,
        durationMillis: 100,
        isError: false,
        result: 'success',
        depth: 0,
        isOrphan: false,
        service: 'github',
        endMillis: 100,
        url: 'https://github.com/acme/shop/issues/12',
        waits: [{ fromMillis: 0, toMillis: 10, waitingFor: 'pull_request' }],
        attributes: records[0]?.attributes,
        links: [],
        events: [],
      },
      {
        traceId: 't',
        spanId: 'p',
        parentSpanId: 'i',
        operation: 'pull_request',
        title: '#13',
        startMillis: 10,
        isError: false,
        depth: 1,
        isOrphan: false,
        service: 'github',
        waits: [{ fromMillis: 20, toMillis: 1000, waitingFor: 'review' }],
        attributes: records[1]?.attributes,
        links: [],
        events: [{ name: 'pushed', atMillis: 20, attributes: {} }],
      },
      {
        traceId: 't',
        spanId: 'd',
        parentSpanId: 'gone',
        operation: 'deploy',
        title: 'deploy',
        startMillis: 60,
        durationMillis: 30,
        isError: true,
        result: 'failure',
        depth: 0,
        isOrphan: true,
        service: 'jenkins',
        endMillis: 90,
        waits: [],
        attributes: {},
        links: [
          { traceId: 't', spanId: 'p', reason: 'carried', title: '#13' },
          { traceId: 'other', spanId: 'x', reason: 'carried' },
        ],
        events: [],
      },
    ],
  })
})

test('of a trace that is not here nothing is told', async () => {
  expect(await withWarehouse([span('i', 'issue', 0, 1)], (warehouse) => trace(warehouse, 'x', NOW))).toBeUndefined()
})
