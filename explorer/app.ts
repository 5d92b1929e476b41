import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { onlyLocalHost } from './local-host.ts'
import { listPage } from './page/list.ts'
import { missingPage } from './page/missing.ts'
import { tracePage } from './page/trace.ts'
import { MAX_EXPORT_BYTES, receiveTraces } from './receiver.ts'
import type { SpanStore } from './store.ts'

const PAGE_SIZE = 100

/** No script at all: whatever a title or an attribute holds, nothing of it can run. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ['data:'],
    frameAncestors: ["'none'"],
  },
  // This is plain HTTP on the loopback interface, and other ports of localhost are none of its business.
  strictTransportSecurity: false,
})

/** The explorer: an OTLP receiver, a page that shows what arrived, and the same as JSON. */
export const explorer = (store: SpanStore): Hono => {
  const css = readFileSync(join(import.meta.dirname, 'page', 'style.css'), 'utf8')
  const pageAt = (text: string | undefined) => Math.max(1, Math.floor(Number(text)) || 1)
  const tracesOn = (page: number) => store.traces({ from: (page - 1) * PAGE_SIZE, count: PAGE_SIZE })

  return new Hono()
    .post('/v1/traces', onlyLocalHost, bodyLimit({ maxSize: MAX_EXPORT_BYTES }), receiveTraces(store.add))
    .get('/api/traces', onlyLocalHost, headers, (c) =>
      c.json({ total: store.traceCount(), traces: tracesOn(pageAt(c.req.query('page'))) }),
    )
    .get('/api/traces/:id', onlyLocalHost, headers, (c) => {
      const spans = store.trace(c.req.param('id'))
      return spans ? c.json({ spans }) : c.json({ message: 'There is no such trace.' }, 404)
    })
    .get('/', onlyLocalHost, headers, (c) => {
      const page = pageAt(c.req.query('page'))
      return c.html(listPage({ traces: tracesOn(page), page, total: store.traceCount(), pageSize: PAGE_SIZE }))
    })
    .get('/traces/:id', onlyLocalHost, headers, (c) => {
      const spans = store.trace(c.req.param('id'))
      return spans ? c.html(tracePage(spans)) : c.html(missingPage(), 404)
    })
    .get('/style.css', onlyLocalHost, headers, (c) => c.body(css, 200, { 'content-type': 'text/css; charset=utf-8' }))
}
