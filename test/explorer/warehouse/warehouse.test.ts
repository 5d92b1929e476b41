import type { SpanRecord } from '../../../explorer/warehouse/span-record.ts'
import { openWarehouse, type Warehouse } from '../../../explorer/warehouse/warehouse.ts'
import { spanRecord } from '../../support/span-record.ts'

let warehouse: Warehouse
beforeEach(async () => {
  warehouse = await openWarehouse({ path: ':memory:' })
})
afterEach(() => warehouse.close())

const activity = (episode = 1) => ({ 'valuestream.activity.key': 'issue:acme/shop#1', 'valuestream.episode': episode })
const kept = () =>
  warehouse.query('SELECT trace_id, span_id, duration_ms, is_stored, is_received FROM spans ORDER BY span_no')

describe('the warehouse', () => {
  it('keeps a span with its title, its page, its attributes as text and its details with their types', async () => {
    await warehouse.put([
      spanRecord({
        parentSpanId: 'c'.repeat(16),
        isError: true,
        attributes: {
          'issue.number': 12,
          'issue.title': 'Cart "total" is wrong',
          'issue.url': 'https://github.com/acme/shop/issues/12',
          'issue.labels': ['bug', 'p1'],
          'vcs.owner.name': 'acme',
          'vcs.repository.name': 'shop',
          'valuestream.result': 'failure',
          ...activity(2),
        },
        links: [{ traceId: 'd'.repeat(32), spanId: 'e'.repeat(16), attributes: {} }],
      }),
    ])
    expect(
      await warehouse.query(
        `SELECT parent_span_id, operation, service, title, url, start_time, end_time, duration_ms, is_error, result,
           activity_key, episode, attributes['issue.labels'] AS labels, details FROM spans`,
      ),
    ).toEqual([
      {
        parent_span_id: 'c'.repeat(16),
        operation: 'issue',
        service: 'github',
        title: 'acme/shop#12 Cart "total" is wrong',
        url: 'https://github.com/acme/shop/issues/12',
        start_time: 1_790_000_000_000,
        end_time: 1_790_000_060_000,
        duration_ms: 60_000,
        is_error: true,
        result: 'failure',
        activity_key: 'issue:acme/shop#1',
        episode: 2,
        labels: '["bug","p1"]',
        details: expect.stringContaining('"issue.number":12'),
      },
    ])
  })

  it('replaces a span of the same ids, and says that it is under way while it has no end', async () => {
    const { endMillis: _, ...open } = spanRecord()
    await warehouse.put([open])
    expect(await warehouse.query('SELECT end_time, duration_ms FROM spans')).toEqual([
      { end_time: null, duration_ms: null },
    ])
    await warehouse.put([spanRecord(), spanRecord({ endMillis: 1_790_000_000_500 })])
    expect((await kept()).map(({ duration_ms }) => duration_ms)).toEqual([500])
  })

  it('moves a corrected span of an activity to its new trace, and leaves its other episodes where they are', async () => {
    await warehouse.put([
      spanRecord({ attributes: activity(1) }),
      spanRecord({ spanId: '2'.repeat(16), attributes: activity(2) }),
    ])
    await warehouse.put([spanRecord({ traceId: 'f'.repeat(32), attributes: activity(1) })])
    expect((await kept()).map(({ trace_id, span_id }) => [trace_id, span_id])).toEqual([
      ['a'.repeat(32), '2'.repeat(16)],
      ['f'.repeat(32), 'b'.repeat(16)],
    ])
  })

  it.each<[string, SpanRecord['origin'][]]>([
    ['first', ['stored', 'received']],
    ['last', ['received', 'stored']],
  ])('keeps what the table says and notes that it was received, where the table comes %s', async (_when, origins) => {
    for (const origin of origins) {
      await warehouse.put([spanRecord({ origin, service: origin, attributes: activity() })])
    }
    expect(await warehouse.query('SELECT service, is_stored, is_received FROM spans')).toEqual([
      { service: 'stored', is_stored: true, is_received: true },
    ])
  })

  it('takes the end over OTLP of what is still open in the table', async () => {
    const { endMillis: _, ...open } = spanRecord({ origin: 'stored', attributes: activity() })
    await warehouse.put([open])
    await warehouse.put([spanRecord({ attributes: activity() })])
    expect(
      (await kept()).map(({ duration_ms, is_stored, is_received }) => [duration_ms, is_stored, is_received]),
    ).toEqual([[60_000, true, true]])
  })

  it('makes marks of categories, each element of a list by itself, and numbers of numbers', async () => {
    await warehouse.put([
      spanRecord({
        attributes: { 'issue.labels': ['bug', 'p1'], 'issue.comments_count': 3, 'issue.number': 12, draft: false },
      }),
    ])
    await warehouse.put([spanRecord({ attributes: { draft: true, 'issue.comments_count': 4 } })])
    expect(await warehouse.query('SELECT name, value FROM marks JOIN items USING (item_no) ORDER BY ALL')).toEqual([
      { name: '*', value: '' },
      { name: 'draft', value: 'true' },
    ])
    expect(await warehouse.query('SELECT name, numbers.value FROM numbers JOIN items USING (item_no)')).toEqual([
      { name: 'issue.comments_count', value: 4 },
    ])
    expect(await warehouse.query("SELECT name FROM items WHERE kind = 'left_out'")).toEqual([{ name: 'issue.number' }])
  })

  it('counts the marks of a trace, also of the one that a span has left', async () => {
    const of = (traceId: string) => spanRecord({ traceId, attributes: { type: 'bug', ...activity() } })
    await warehouse.put([of('a'.repeat(32)), spanRecord({ spanId: '2'.repeat(16), attributes: { type: 'bug' } })])
    await warehouse.index()
    await warehouse.put([of('f'.repeat(32))])
    await warehouse.index()
    expect(
      await warehouse.query(
        `SELECT trace_id, value, spans FROM trace_items JOIN items USING (item_no) JOIN traces USING (trace_no)
         WHERE name = 'type' ORDER BY trace_id`,
      ),
    ).toEqual([
      { trace_id: 'a'.repeat(32), value: 'bug', spans: 1 },
      { trace_id: 'f'.repeat(32), value: 'bug', spans: 1 },
    ])
  })

  it('takes any text: quotes, NUL, halves of pairs, names of prototypes', async () => {
    const text = 'a\u0000b\ud83d "\\u0000" \\ 😀'
    await warehouse.put([spanRecord({ attributes: { text, [`n${text}`]: [text], ['__proto__']: 'x', '': '' } })])
    expect(await warehouse.query("SELECT attributes['text'] AS text FROM spans")).toEqual([
      { text: 'a\ufffdb\ufffd "\\u0000" \\ 😀' },
    ])
  })

  it('writes all of a transaction or nothing, and goes on after a failure', async () => {
    await expect(
      warehouse.write(async (query) => {
        await query("INSERT INTO activities VALUES ('issue:a/b#1', 1)")
        await query('SELECT nonsense')
      }),
    ).rejects.toThrow('nonsense')
    expect(await warehouse.query('SELECT * FROM activities')).toEqual([])
    await Promise.all([1, 2, 3].map((at) => warehouse.put([spanRecord({ spanId: `${at}`.repeat(16) })])))
    expect(await kept()).toHaveLength(3)
  })

  it('shows one state to the queries of a snapshot', async () => {
    await warehouse.put([spanRecord()])
    const counts = await warehouse.snapshot(async (query) => {
      const before = await query('SELECT count(*) AS spans FROM spans')
      await warehouse.put([spanRecord({ spanId: '2'.repeat(16) })])
      return [before, await query('SELECT count(*) AS spans FROM spans')]
    })
    expect(counts).toEqual([[{ spans: 1 }], [{ spans: 1 }]])
  })
})

test('closing it ends what is being read, whoever reads it, and nobody reads afterwards', async () => {
  const warehouse = await openWarehouse({ path: ':memory:' })
  const endless = 'SELECT count(*) FROM range(10000000000000)'
  const counted = warehouse.query(endless).catch(String)
  let start = () => {}
  const started = new Promise<void>((resolve) => {
    start = resolve
  })
  const asked = warehouse
    .connected(async (connection) => {
      start()
      return connection.run(endless)
    })
    .catch(String)
  await started
  await warehouse.close()
  expect([await counted, await asked]).toEqual([
    expect.stringContaining('Interrupted'),
    expect.stringContaining('Interrupted'),
  ])
  await expect(warehouse.query('SELECT 1')).rejects.toThrow('The database is closed.')
  await expect(warehouse.connected(async () => 1)).rejects.toThrow('The database is closed.')
})
