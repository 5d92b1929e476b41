import { gzipSync } from 'node:zlib'
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { explorer } from '../../../explorer/app.ts'
import { openWarehouse, type Warehouse } from '../../../explorer/warehouse/warehouse.ts'
import { readableSpans } from '../../../lib/otlp/readable-span.ts'

let warehouse: Warehouse
beforeAll(async () => {
  warehouse = await openWarehouse({ path: ':memory:' })
})
afterAll(() => warehouse.close())

const TRACE = 'a'.repeat(32)
const request = (endMillis: number, title: string, told: object = {}) =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'github' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: TRACE.toUpperCase(),
                spanId: 'b'.repeat(16),
                name: 'issue',
                kind: 1,
                startTimeUnixNano: '1790000000000000000',
                endTimeUnixNano: `${endMillis}000000`,
                attributes: [{ key: 'issue.title', value: { stringValue: title } }],
                events: [{ timeUnixNano: '1790000000500000000', name: 'review' }],
                status: {},
                ...told,
              },
            ],
          },
        ],
      },
    ],
  })

const JSON_TYPE = { host: 'localhost:3000', 'content-type': 'application/json' }
const PROTOBUF = { ...JSON_TYPE, 'content-type': 'application/x-protobuf' }
const post = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE) =>
  explorer(warehouse).request('/v1/traces', { method: 'POST', body, headers })
const kept = () =>
  warehouse.query(
    `SELECT trace_id, operation, service, duration_ms, is_received, details->>'$.events[0].name' AS event,
       attributes['issue.title'] AS title FROM spans ORDER BY title`,
  )

const exported = () =>
  ProtobufTraceSerializer.serializeRequest(
    readableSpans([
      {
        traceId: TRACE,
        spanId: 'c'.repeat(16),
        name: 'issue',
        kind: 'internal',
        startMillis: 1_790_000_000_000,
        endMillis: 1_790_000_000_750,
        isError: true,
        attributes: { service: 'github', 'issue.title': 'third' },
        links: [],
        events: [{ name: 'pushed', atMillis: 1_790_000_000_001, attributes: {} }],
      },
    ]),
  ) ?? new Uint8Array()

describe('the receiver', () => {
  it('keeps the last of what is sent under the same ids, gzipped or not, and answers when it is kept', async () => {
    expect((await post(request(1_790_000_001_000, 'first'))).status).toBe(200)
    const gzipped = gzipSync(request(1_790_000_002_000, 'second'))
    const response = await post(gzipped, { ...JSON_TYPE, 'content-encoding': 'gzip' })
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      '{}',
    ])
    expect(await kept()).toEqual([
      {
        trace_id: TRACE,
        operation: 'issue',
        service: 'github',
        duration_ms: 2000,
        is_received: true,
        event: 'review',
        title: 'second',
      },
    ])
  })

  it('keeps what the official exporter sends as protobuf, and answers in protobuf', async () => {
    const response = await post(gzipSync(exported()), { ...PROTOBUF, 'content-encoding': 'gzip' })
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/x-protobuf',
      '',
    ])
    expect((await kept())[1]).toEqual({
      trace_id: TRACE,
      operation: 'issue',
      service: 'github',
      duration_ms: 750,
      is_received: true,
      event: 'pushed',
      title: 'third',
    })
  })

  it.each<[string, string | Uint8Array, Record<string, string>, number]>([
    ['no JSON', '{', JSON_TYPE, 400],
    ['no request', '{"resourceSpans":1}', JSON_TYPE, 400],
    ['JSON without an end', `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, JSON_TYPE, 200],
    ['no protobuf', 'x', PROTOBUF, 400],
    ['half a protobuf', exported().subarray(0, 100), PROTOBUF, 400],
    ['a number of half a nanosecond', request(1, 'x', { startTimeUnixNano: 0.5 }), JSON_TYPE, 200],
    ['a number without bounds', request(1, 'x', { startTimeUnixNano: 1e300 }), JSON_TYPE, 400],
    ['no gzip', 'x', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 400],
    [
      'what unpacks without end',
      gzipSync(Buffer.alloc(65 * 1024 * 1024)),
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      400,
    ],
    ['another packing', 'x', { ...JSON_TYPE, 'content-encoding': 'br' }, 415],
    ['another encoding', 'x', { ...JSON_TYPE, 'content-type': 'text/plain' }, 415],
    ['another host', '{}', { ...JSON_TYPE, host: 'evil.example.com' }, 403],
  ])('has an answer for %s', async (_what, body, headers, status) => {
    expect((await post(body, headers)).status).toBe(status)
  })

  it('says what is wrong in the encoding in which it was asked', async () => {
    const [json, protobuf] = await Promise.all([post('{'), post('x', PROTOBUF)])
    expect(await json.json()).toEqual({ code: 3, message: 'The body is no JSON.' })
    const bytes = Buffer.from(await protobuf.arrayBuffer())
    expect([...bytes.subarray(0, 4)]).toEqual([8, 3, 18, bytes.length - 4])
    expect(bytes.subarray(4).toString()).toMatch(/^The body is no protobuf: /)
  })

  it('asks for the spans again when they cannot be written', async () => {
    const closed = await openWarehouse({ path: ':memory:' })
    await closed.close()
    const log = jest.spyOn(console, 'error').mockImplementation(() => {})
    const response = await explorer(closed).request('/v1/traces', {
      method: 'POST',
      body: request(1, 'x'),
      headers: JSON_TYPE,
    })
    log.mockRestore()
    expect(response.status).toBe(503)
  })
})
