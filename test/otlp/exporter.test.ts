import type { CompletedSpan } from '../../lib/delivery/span.ts'
import { otlpExporter } from '../../lib/otlp/exporter.ts'
import { postExporter } from '../../lib/otlp/post-exporter.ts'
import { type OtlpBackend, openOtlpBackend } from '../support/otlp-backend.ts'

const span: CompletedSpan = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  parentSpanId: 'c'.repeat(16),
  name: 'deploy',
  kind: 'server',
  startMillis: 1_790_000_000_123,
  endMillis: 1_790_000_060_456,
  isError: true,
  attributes: {
    service: 'jenkins',
    'cicd.pipeline.name': 'acme/shop-deploy',
    'build.number': 7,
    error: true,
    'build.failure_causes': ['disk', 'net'],
  },
  links: [{ traceId: 'd'.repeat(32), spanId: 'e'.repeat(16), reason: 'closing_keyword' }],
  events: [
    {
      name: 'deployment_status',
      atMillis: 1_790_000_030_001,
      attributes: { 'deployment.state': 'in_progress' },
    },
  ],
}

let backend: OtlpBackend
beforeEach(async () => {
  backend = await openOtlpBackend()
})
afterEach(() => backend.close())

/** Both, and what each says of an answer that lets it be tried again. */
const EXPORTERS = [
  ['with the whole exporter of OpenTelemetry', otlpExporter, () => 'Export failed with retryable status'],
  ['by one request', postExporter, (status: number) => `the backend answered ${status}`],
] as const

describe.each(EXPORTERS)('exporting over OTLP/HTTP %s', (_name, make, retryable) => {
  const exporter = (more: object = {}) =>
    make({
      url: `${backend.url}/v1/traces`,
      headers: { 'x-token': 't' },
      timeoutMillis: 1_000,
      compression: 'none',
      ...more,
    })

  it.each(['none', 'gzip'] as const)(
    'sends a whole span with its resource, links and times (%s)',
    async (compression) => {
      expect(await exporter({ compression }).export([span])).toEqual({ kind: 'accepted' })
      expect(backend.spans).toEqual([
        {
          traceId: span.traceId,
          spanId: span.spanId,
          parentSpanId: span.parentSpanId,
          name: 'deploy',
          kind: 2,
          startMillis: span.startMillis,
          endMillis: span.endMillis,
          statusCode: 2,
          attributes: span.attributes,
          links: span.links,
          events: span.events,
          resource: { 'service.name': 'jenkins', 'cicd.pipeline.name': 'acme/shop-deploy' },
        },
      ])
      expect(backend.requests.map(({ url, headers }) => [url, headers['x-token']])).toEqual([['/v1/traces', 't']])
    },
  )

  it.each([
    ['400', { status: 400, body: '{}' }, { kind: 'refused', message: 'the backend answered 400' }],
    ['401', { status: 401 }, { kind: 'retryable', message: 'the backend answered 401' }],
    ['404', { status: 404 }, { kind: 'retryable', message: 'the backend answered 404' }],
    ['413', { status: 413 }, { kind: 'refused', message: 'the backend answered 413' }],
    ['429', { status: 429 }, { kind: 'retryable', message: retryable(429) }],
    [
      '429 with a time',
      { status: 429, headers: { 'retry-after': '120' } },
      { kind: 'retryable', message: retryable(429), retryAfterMillis: 120_000 },
    ],
    ['503', { status: 503 }, { kind: 'retryable', message: retryable(503) }],
    [
      'a partial success',
      { status: 200, body: '{"partialSuccess":{"rejectedSpans":"1","errorMessage":"span too old"}}' },
      { kind: 'refused', message: 'the backend rejected 1 spans: span too old' },
    ],
    [
      'a partial success that rejects nothing',
      { status: 200, body: '{"partialSuccess":{"errorMessage":"slow down, please"}}' },
      { kind: 'accepted' },
    ],
    ['garbage', { status: 200, body: '<html>' }, { kind: 'retryable', message: "the backend's answer cannot be read" }],
    ['an empty answer', { status: 200, body: '' }, { kind: 'accepted' }],
  ])('takes %s for what it is', async (_what, respond, outcome) => {
    backend.respondWith(respond)
    expect(await exporter().export([span])).toEqual(outcome)
  })

  it.each([
    ['is reset', { status: 0, reset: true as const }],
    ['hangs', { status: 0, hang: true as const }],
  ])('may try again when the connection %s', async (_what, respond) => {
    backend.respondWith(respond)
    expect((await exporter().export([span])).kind).toBe('retryable')
  })

  it('may try again when nobody listens', async () => {
    await backend.close()
    expect((await exporter().export([span])).kind).toBe('retryable')
  })

  it('sends no start that is older than the backend takes', async () => {
    const oldestStartMillis = 24 * 3_600_000
    await exporter({ oldestStartMillis }).export([{ ...span, startMillis: 1000 }])
    const [sent] = backend.spans
    expect(Date.now() - (sent?.startMillis ?? 0)).toBeLessThan(oldestStartMillis)
    expect(sent?.attributes['valuestream.true_start']).toBe('1970-01-01T00:00:01.000Z')
  })

  it('tells the outcomes of exports under way at once apart', async () => {
    const good = exporter({ timeoutMillis: 20_000 })
    const other = await openOtlpBackend()
    other.respondWith({ status: 200, body: '{"partialSuccess":{"rejectedSpans":2}}' })
    const bad = make({ url: `${other.url}/v1/traces`, headers: {}, timeoutMillis: 20_000, compression: 'none' })
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? bad : good).export([span])),
    )
    await other.close()
    expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map((_, index) => (index % 2 ? 'refused' : 'accepted')))
  })
})
