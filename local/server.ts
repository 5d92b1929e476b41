import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { errorCode, refusal } from './refusal.ts'

/** What answers a request, such as a Hono application. */
export type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch']

export interface ListeningServer {
  readonly port: number
  readonly close: () => Promise<void>
}

const HOST = '127.0.0.1'

/** Serves on the loopback interface alone. @throws Refusal when the port cannot be had */
export const listen = async (fetch: Fetch, port: number): Promise<ListeningServer> => {
  const server = createAdaptorServer({ fetch }) as Server
  server.listen(port, HOST)
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw refusalOf(port, cause)
  }
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : port, close: () => close(server) }
}

const refusalOf = (port: number, cause: unknown): unknown => {
  if (errorCode(cause) === 'EADDRINUSE') {
    return refusal(`The port ${port} is taken: set PORT to a free one, such as PORT=${port + 1}.`, cause)
  }
  return errorCode(cause) === 'EACCES'
    ? refusal(`The port ${port} may not be used: set PORT to one above 1023.`, cause)
    : cause
}

/** Connections that are kept alive become idle one by one, and each must then be closed for `close` to end. */
const close = async (server: Server): Promise<void> => {
  const closed = once(server, 'close')
  server.close()
  const sweep = setInterval(() => server.closeIdleConnections(), 20)
  await closed
  clearInterval(sweep)
}
