import { randomUUID } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { toEvent } from './gateway-event.ts'
import { gatewayAnswer, toResponse } from './gateway-response.ts'
import { contextOf, type ServedRoute } from './handlers.ts'
import type { UnderWay } from './under-way.ts'

const MAX_BODY_BYTES = 10 * 1024 * 1024

type Bindings = { Bindings: HttpBindings }

/**
 * A local API Gateway: an HTTP API with Lambda proxy integrations, payload format 2.0.
 *
 * Not serverless-offline: it decodes every body as UTF-8 text, so that the bytes of a form post or of anything binary,
 * and with them the signature, differ from what a function on AWS gets; and it would need a second port for the explorer.
 */
export const gateway = (routes: readonly ServedRoute[], requests: UnderWay): Hono<Bindings> => {
  const app = new Hono<Bindings>()
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => gatewayAnswer(413) }))
  for (const route of routes) {
    const serve = async (c: Context<Bindings>) => (await requests.admit(() => invoke(route, c))) ?? gatewayAnswer(503)
    if (route.method === 'ANY' || route.method === '*') app.all(honoPath(route.path), serve)
    else app.on(route.method, honoPath(route.path), serve)
  }
  return app
}

/** `/jenkins/{token}` and `/files/{proxy+}` in Hono's words. */
const honoPath = (path: string): string => path.replace(/\{(\w+)\+\}/g, ':$1{.+}').replace(/\{(\w+)\}/g, ':$1')

const invoke = async (route: ServedRoute, c: Context<Bindings>): Promise<Response> => {
  const stamp = { requestId: randomUUID(), atMillis: Date.now() }
  const { incoming } = c.env
  const body = new Uint8Array(await c.req.arrayBuffer())
  const event = toEvent(
    {
      method: c.req.method,
      path: c.req.path,
      rawQuery: incoming.url?.split('?').slice(1).join('?') ?? '',
      rawHeaders: incoming.rawHeaders,
      body,
      sourceIp: incoming.socket.remoteAddress ?? '',
      port: incoming.socket.localPort ?? 0,
      routeKey: `${route.method} ${route.path}`,
      pathParameters: c.req.param(),
    },
    stamp,
  )
  try {
    return toResponse(await route.invoke(event, contextOf(route.functionName, stamp.requestId)))
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    console.error(`The function ${route.functionName} threw ${why.replace(/\s+/g, ' ')}`)
    return gatewayAnswer(500)
  }
}
