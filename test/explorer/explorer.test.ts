import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { explorer } from '../../explorer/app.ts'
import { openSpanStore, type SpanStore } from '../../explorer/store.ts'

const folder = mkdtempSync(join(tmpdir(), 'valuestream-explorer-'))
let store: SpanStore
beforeAll(async () => {
  store = await openSpanStore(join(folder, 'spans.ndjson'))
})
afterAll(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const TRACE = 'a'.repeat(32)
const request = (endMillis: number, title: string) =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'github' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: TRACE,
                spanId: 'b'.repeat(16),
                name: 'issue',
                kind: 1,
                startTimeUnixNano: '1790000000000000000',
                endTimeUnixNano: `${endMillis}000000`,
                attributes: [{ key: 'issue.title', value: { stringValue: title } }],
                status: {},
              },
            ],
          },
        ],
      },
    ],
  })

const JSON_TYPE = { host: 'localhost:3000', 'content-type': 'application/json' }
const post = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE) =>
  explorer(store).request('/v1/traces', { method: 'POST', body, headers })
const get = (path: string, host = 'localhost:3000') => explorer(store).request(path, { headers: { host } })

describe('the explorer', () => {
  it('says what to do while nothing has arrived', async () => {
    expect(await (await get('/')).text()).toContain('npm run demo')
  })

  it('keeps the last of what is sent under the same ids, gzipped or not', async () => {
    expect((await post(request(1_790_000_001_000, 'first'))).status).toBe(200)
    const gzipped = gzipSync(request(1_790_000_002_000, 'second'))
    expect((await post(gzipped, { ...JSON_TYPE, 'content-encoding': 'gzip' })).status).toBe(200)
    expect(
      store
        .spans()
        .map(({ name, startMillis, endMillis, attributes }) => ({ name, startMillis, endMillis, attributes })),
    ).toEqual([
      {
        name: 'issue',
        startMillis: 1_790_000_000_000,
        endMillis: 1_790_000_002_000,
        attributes: { 'issue.title': 'second' },
      },
    ])
  })

  it.each([
    ['no JSON', '{', JSON_TYPE, 400],
    ['no request', '{"resourceSpans":1}', JSON_TYPE, 400],
    ['protobuf', 'x', { ...JSON_TYPE, 'content-type': 'application/x-protobuf' }, 415],
    ['no gzip', 'x', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 400],
  ])('refuses %s', async (_what, body, headers, status) => {
    expect((await post(body, headers)).status).toBe(status)
  })

  it('answers to names of this machine alone', async () => {
    expect((await get('/api/traces', 'evil.example.com')).status).toBe(403)
    expect((await get('/api/traces', '127.0.0.1:3000')).status).toBe(200)
  })

  it('runs nothing of what a title holds', async () => {
    await post(request(1_790_000_003_000, '<script>alert(1)</script>'))
    for (const path of ['/', `/traces/${TRACE}`]) {
      const response = await get(path)
      expect(await response.text()).not.toContain('<script')
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  })

  it('does not know every trace', async () => {
    expect([(await get('/traces/ffff')).status, (await get('/api/traces/ffff')).status]).toEqual([404, 404])
  })
})
