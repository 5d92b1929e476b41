import type { Hono } from 'hono'
import { askOf } from '../../../explorer/ask/ask.ts'
import { explorerApp } from '../../../explorer/server/app.ts'
import { openWarehouse, type Warehouse } from '../../../explorer/warehouse/warehouse.ts'
import { span } from '../spans.ts'

const NOW = 10_000
const PAGE = { html: '<!doctype html><title>ValueStream</title>', firstPaint: 'theme()', js: 'start()', css: 'body{}' }

let warehouse: Warehouse
let app: Hono
let close: () => Promise<void>
beforeEach(async () => {
  warehouse = await openWarehouse({ path: ':memory:' })
  await warehouse.put([
    span('i', 'issue', 0, 1000),
    span('d', 'deploy', 100, 900, { parentSpanId: 'i', isError: true }),
    span('o', 'issue', 2000, undefined, { traceId: 'u' }),
  ])
  const ask = askOf(warehouse, () => 0)
  close = ask.close
  app = explorerApp({ warehouse, ask, source: () => ({ source: 'local stack', readMillis: 5 }), now: () => NOW }, PAGE)
})
afterEach(async () => {
  await close()
  await warehouse.close()
})

const OWN = { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' }
const get = async (path: string, headers: Record<string, string> = OWN) => app.request(path, { headers })
const json = async (path: string) => {
  const response = await get(path)
  return { status: response.status, body: await response.json() }
}
const post = async (body: unknown, headers: Record<string, string> = {}) =>
  app.request('/api/ask', {
    method: 'POST',
    headers: { ...OWN, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('the API', () => {
  it('tells what there is', async () => {
    expect(await json('/api/status')).toEqual({
      status: 200,
      body: {
        spans: 2,
        open: 1,
        traces: 2,
        operations: [
          { name: 'issue', spans: 2, failed: 0 },
          { name: 'deploy', spans: 1, failed: 1 },
        ],
        firstMillis: 0,
        lastMillis: 2000,
        source: 'local stack',
        readMillis: 5,
      },
    })
  })

  it.each([
    ['/api/correlations?operation=issue&select=slow', { population: { operation: 'issue', count: 1, failed: 0 } }],
    ['/api/histogram?operation=deploy', { count: 1, failed: 1 }],
    ['/api/groups?operation=issue&by=deploy:*', { by: 'deploy:*' }],
    ['/api/attributes?operation=issue', {}],
    ['/api/spans?operation=issue&sort=start&order=asc&limit=1', { total: 2, spans: [{ spanId: 'i' }] }],
    ['/api/spans?operation=issue&only=selected', { total: 1 }],
    ['/api/critical-path?operation=issue', { count: 1, totalMillis: 1000 }],
    ['/api/flow?interval=day', { interval: 'day', workInProgress: [{ operation: 'issue', medianAgeMillis: 8000 }] }],
    ['/api/traces/t', { traceId: 't', spans: [{ spanId: 'i' }, { spanId: 'd', depth: 1 }] }],
    ['/api/schema', { tables: [{ name: 'spans' }, { name: 'attributes' }] }],
  ])('answers %s', async (path, answer) => {
    const { status, body } = await json(path)
    expect({ status, body }).toMatchObject({ status: 200, body: answer })
  })

  it.each([
    ['/api/correlations?select=odd', 'select takes one of slow, fast, failed, duration.'],
    ['/api/histogram?from=yesterday', 'from takes a date or a time, such as 2026-09-01 or 2026-09-01T12:00:00Z.'],
    ['/api/groups', 'by takes <self or operation>:<attribute>, such as deploy:build.parameter.deploy_type.'],
    ['/api/spans?limit=201', 'limit takes a whole number from 1 to 200.'],
    ['/api/spans?offset=-1', 'offset takes a whole number from 0 to 1000000000.'],
    ['/api/spans?sort=name', 'sort takes one of duration, start.'],
    ['/api/flow?interval=year', 'interval takes one of day, week, month.'],
  ])('says of %s what is wrong with it', async (path, message) => {
    expect(await json(path)).toEqual({ status: 400, body: { message } })
  })

  it('has nothing elsewhere', async () => {
    expect(await json('/api/traces/x')).toEqual({ status: 404, body: { message: 'There is no such trace.' } })
    expect(await json('/api/secrets')).toEqual({ status: 404, body: { message: 'There is nothing at this address.' } })
  })

  it('says of an error of its own no more than that', async () => {
    const errors = jest.spyOn(console, 'error').mockImplementation(() => {})
    const failing = () => {
      throw new Error('at line 3 of a secret file')
    }
    const broken = explorerApp({ warehouse, ask: askOf(warehouse, () => 0), source: failing, now: () => NOW }, PAGE)
    const response = await broken.request('/api/status', { headers: OWN })
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 500,
      body: { message: 'This cannot be answered now: the log of the explorer says why.' },
    })
    errors.mockRestore()
  })
})

describe('a question', () => {
  it('is answered', async () => {
    const response = await post({ sql: 'SELECT count(*) AS spans FROM spans' })
    expect([response.status, await response.json()]).toEqual([
      200,
      { columns: [{ name: 'spans', type: 'BIGINT' }], rows: [[3]], isCut: false, tookMillis: 0 },
    ])
  })

  it('that harms is refused', async () => {
    const response = await post({ sql: 'DELETE FROM spans' })
    expect(response.status).toBe(400)
    expect(await warehouse.query('SELECT count(*) AS spans FROM spans')).toEqual([{ spans: 3 }])
  })

  it.each([
    ['{"sql": 1}', {}, 400],
    ['no json', {}, 400],
    ['{"sql": "SELECT 1"}', { 'content-type': 'text/plain' }, 415],
    [JSON.stringify({ sql: ' '.repeat(70_000) }), {}, 413],
    [JSON.stringify({ sql: `SELECT '${'x'.repeat(20_000)}'` }), {}, 400],
  ])('that is none is refused (%#)', async (body, headers, status) => {
    expect((await post(body, { 'content-length': String(body.length), ...headers })).status).toBe(status)
  })
})

describe('the page', () => {
  it.each(['/', '/flow', '/explore?operation=issue', '/ask', '/traces/0af7651916cd43dd8448eb211c80319c'])(
    'is at %s',
    async (path) => {
      const response = await get(path)
      expect([response.status, await response.text()]).toEqual([200, PAGE.html])
    },
  )

  it('has its script and its style beside it', async () => {
    const [js, css] = [await get('/assets/page.js'), await get('/assets/page.css')]
    expect([js.headers.get('content-type'), await js.text()]).toEqual(['text/javascript; charset=utf-8', PAGE.js])
    expect([css.headers.get('content-type'), await css.text()]).toEqual(['text/css; charset=utf-8', PAGE.css])
  })

  it('runs nothing but what comes from here, and is kept nowhere', async () => {
    const { headers } = await get('/')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect([headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual(['nosniff', 'no-store'])
  })
})

describe('whoever asks', () => {
  const from = async (headers: Record<string, string>, path = '/api/status') => (await get(path, headers)).status
  const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

  it('is let in from this machine: the page, the command line, and by a link from elsewhere', async () => {
    expect(
      await from({ host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }),
    ).toBe(200)
    expect(await from({ host: '127.0.0.1:3000' })).toBe(200)
    expect(await from({ host: '[::1]:3000', 'sec-fetch-site': 'none' })).toBe(200)
    expect(await from({ host: 'localhost', 'sec-fetch-site': 'cross-site', ...link }, '/explore')).toBe(200)
  })

  it.each([
    ['another name for this machine', { host: 'evil.example' }],
    ['no name', {}],
    ['a page of the internet', { host: 'localhost:3000', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a page of another port', { host: 'localhost:3000', 'sec-fetch-site': 'same-site' }],
    ['a page of another origin', { host: 'localhost:3000', origin: 'https://evil.example' }],
    ['a page without an origin', { host: 'localhost:3000', origin: 'null' }],
    ['a link to the API', { host: 'localhost:3000', 'sec-fetch-site': 'cross-site', ...link }],
    ['a frame', { host: 'localhost:3000', 'sec-fetch-site': 'cross-site', ...link, 'sec-fetch-dest': 'iframe' }],
  ])('is kept out when it is %s', async (_, headers: Record<string, string>) => {
    expect(await from(headers)).toBe(403)
    expect(
      (await post({ sql: 'SELECT 1' }, { 'sec-fetch-site': 'none', ...headers, host: headers.host ?? '' })).status,
    ).toBe(403)
  })

  it('is asked to come again when there are too many at once', async () => {
    const statuses = (await Promise.all(Array.from({ length: 30 }, () => get('/api/status')))).map(
      ({ status }) => status,
    )
    expect(statuses.filter((status) => status === 503)).toHaveLength(6)
    expect((await get('/api/status')).status).toBe(200)
  })
})
