import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { BuiltPage } from '../../../explorer/page-build.ts'
import { headers } from '../../../explorer/server/headers.ts'
import { ANSWER, SCHEMA } from './fixtures/ask.ts'
import { CORRELATIONS } from './fixtures/correlations.ts'
import { ATTRIBUTES, CRITICAL_PATH, GROUPS, SPANS } from './fixtures/explore.ts'
import { FLOW, SPLIT_FLOW } from './fixtures/flow.ts'
import { HISTOGRAM } from './fixtures/histogram.ts'
import { STATUS } from './fixtures/status.ts'
import { TRACE } from './fixtures/trace.ts'

/** An answer of the API; with a status where it is none of 200. */
type Reply = object | { readonly status: 400 | 404 | 500; readonly message: string }

export interface FakeApi {
  readonly url: string
  /** What was asked of the API, path and parameters decoded, in order. */
  readonly requests: readonly string[]
  /** Answers one route otherwise from now on, such as `/api/correlations`. */
  readonly answer: (route: string, reply: Reply) => void
  readonly reset: () => void
  readonly stop: () => Promise<void>
}

/** The explorer's server with the page, and with fixtures for its API: for states that real data seldom has. */
export const startFakeApi = async (page: BuiltPage, port = 0): Promise<FakeApi> => {
  const requests: string[] = []
  const answers = new Map<string, Reply>()
  const app = new Hono()
  app.use(headers)
  app.all('/api/*', (c) => {
    const url = new URL(c.req.url)
    requests.push(`${c.req.method} ${decodeURIComponent(`${url.pathname}${url.search}`.replaceAll('+', ' '))}`)
    const reply = answers.get(url.pathname) ?? usual(url)
    if (reply === undefined) return c.json({ message: 'There is no such route.' }, 404)
    return 'status' in reply && typeof reply.status === 'number'
      ? c.json({ message: 'message' in reply ? reply.message : '' }, statusOf(reply.status))
      : c.json(reply)
  })
  app.get('/assets/page.js', (c) => c.body(page.js, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  app.get('/assets/first-paint.js', (c) =>
    c.body(page.firstPaint, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  )
  app.get('/assets/page.css', (c) => c.body(page.css, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('*', (c) => c.html(page.html))

  const { server, url } = await listen(app, port)
  return {
    url,
    requests,
    answer: (route, reply) => answers.set(route, reply),
    reset: () => {
      answers.clear()
      requests.length = 0
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const usual = ({ pathname, searchParams }: URL): Reply | undefined => {
  if (pathname === '/api/flow') return searchParams.has('by') ? SPLIT_FLOW : FLOW
  if (pathname.startsWith('/api/traces/')) return TRACE
  return ROUTES[pathname]
}

const ROUTES: Readonly<Record<string, Reply>> = {
  '/api/status': STATUS,
  '/api/histogram': HISTOGRAM,
  '/api/correlations': CORRELATIONS,
  '/api/attributes': ATTRIBUTES,
  '/api/groups': GROUPS,
  '/api/spans': SPANS,
  '/api/critical-path': CRITICAL_PATH,
  '/api/schema': SCHEMA,
  '/api/ask': ANSWER,
}

const statusOf = (status: number): 400 | 404 | 500 => (status === 400 || status === 404 ? status : 500)

const listen = (app: Hono, port: number) =>
  new Promise<{ readonly server: ServerType; readonly url: string }>((resolve) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (address) =>
      resolve({ server, url: `http://localhost:${address.port}` }),
    )
  })
