import { Hono, type MiddlewareHandler } from 'hono'
import { onlyLocalHost } from '../local-host.ts'
import type { BuiltPage } from '../page-build.ts'
import { atOnce } from './at-once.ts'
import { headers } from './headers.ts'
import { onlyOwnPage } from './own-page.ts'
import { apiRoutes, type Explored } from './routes.ts'

/** The page asks a handful of things at a time. */
const REQUESTS_AT_ONCE = 24

/** Each view's address gets the same document, which reads from the address what to show. */
const VIEWS = ['/', '/flow', '/explore', '/ask', '/traces/:traceId'] as const

/** What is asked may hold names of customers; a cache has no business with it. */
const notKept: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('cache-control', 'no-store')
}

/**
 * The explorer: the page and its API, for this machine and for its own page alone. Guards stand before its own routes,
 * so that it can share a server with others.
 */
export const explorerApp = (explored: Explored, page: BuiltPage): Hono => {
  const app = new Hono()
  for (const path of [...VIEWS, '/assets/*', '/api/*']) app.use(path, headers, notKept, onlyLocalHost, onlyOwnPage)
  app.use('/api/*', atOnce(REQUESTS_AT_ONCE))
  for (const path of VIEWS) app.get(path, (c) => c.html(page.html))
  return app
    .get('/assets/page.js', (c) => c.body(page.js, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
    .get('/assets/first-paint.js', (c) =>
      c.body(page.firstPaint, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
    )
    .get('/assets/page.css', (c) => c.body(page.css, 200, { 'content-type': 'text/css; charset=utf-8' }))
    .route('/', apiRoutes(explored))
    .onError((error, c) => {
      if (error.name === 'QueryError') return c.json({ message: error.message }, 400)
      console.error(error)
      return c.json({ message: 'This cannot be answered now: the log of the explorer says why.' }, 500)
    })
}
