import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as overHttp,
  type RequestOptions,
} from 'node:http'
import { Agent as HttpsAgent, request as overHttps } from 'node:https'
import { urlToHttpOptions } from 'node:url'

/** An answer as it came. */
export interface Answered {
  readonly status: number
  readonly text: string
  /** By its name in lower case; of several the first. */
  readonly header: (name: string) => string | undefined
}

export interface Posted {
  /** With `host`, which AWS wants signed as well. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
  /** For the whole of it, whatever trickles in meanwhile. */
  readonly timeoutMillis: number
}

/** Node's own client, with connections that are kept. `fetch` takes twice its CPU, and 50 ms more to begin. */
export interface Transport {
  /**
   * @throws what went wrong on the way, with Node's `code`; with ETIMEDOUT what was not answered in time
   */
  readonly post: (posted: Posted) => Promise<Answered>
  /** Opens a connection, for whoever comes first; resolves when it is there, or when it has failed, which that one is told. */
  readonly warm: () => Promise<void>
}

/** As many connections as AWS's SDK has. */
const AGENT_OPTIONS = { keepAlive: true, maxSockets: 50 }
/** All connections of an agent go to one address, so that none needs the name that Node would make of all its options. */
const ONE_NAME = { getName: () => 'the address' }
const WARMING_MILLIS = 1_000

/** Headers as a flat list, of which Node makes a head as it is: by an object it would set and check each of them. */
type Open = (method: string, headers: readonly string[]) => ClientRequest

/** The way to one address, which is taken apart once. */
export const transport = (url: URL): Transport => {
  const to = addressOf(url)
  const [begin, agent] =
    url.protocol === 'http:'
      ? [overHttp, Object.assign(new HttpAgent(AGENT_OPTIONS), ONE_NAME)]
      : [overHttps, Object.assign(new HttpsAgent(AGENT_OPTIONS), ONE_NAME)]
  const open: Open = (method, headers) => begin({ ...to, method, agent, headers })
  return {
    post: async (posted) => {
      const first = await attempt(open, posted)
      if (first !== 'stale') return first
      const second = await attempt(open, posted)
      if (second !== 'stale') return second
      throw Object.assign(new Error('every connection was closed'), { code: 'ECONNRESET' })
    },
    warm: () =>
      new Promise((resolve) => {
        const request = open('GET', ['host', url.host])
        request.setTimeout(WARMING_MILLIS, () => request.destroy())
        request.on('response', (response: IncomingMessage) => response.resume())
        request.on('error', () => undefined)
        // The connection is free for the next one a moment after this one's end.
        request.on('close', () => setImmediate(resolve))
        request.end()
      }),
  }
}

/** What of an address Node asks for, which copies all that it is given thrice a request. */
const addressOf = (url: URL): RequestOptions => {
  const { protocol, hostname, port, path } = urlToHttpOptions(url)
  return { protocol, hostname, port, path }
}

/** One try; `stale` where the connection was a kept one that the other side had closed, as while a function is frozen. */
const attempt = (open: Open, { headers, body, timeoutMillis }: Posted): Promise<Answered | 'stale'> =>
  new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body))
    const list = ['content-length', length]
    for (const name in headers) list.push(name, headers[name] ?? '')
    const request = open('POST', list)
    const timer = setTimeout(() => request.destroy(timeoutError(timeoutMillis)), timeoutMillis)
    const over = (): void => clearTimeout(timer)
    request.on('error', (error: Error & { readonly code?: string }) => {
      over()
      if (request.reusedSocket && error.code === 'ECONNRESET') resolve('stale')
      else reject(error)
    })
    request.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', (error) => {
        over()
        reject(error)
      })
      response.on('end', () => {
        over()
        const text = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode ?? 0, text, header: (name) => firstOf(response.headers[name]) })
      })
    })
    request.end(body)
  })

const firstOf = (values: string | readonly string[] | undefined): string | undefined =>
  typeof values === 'object' ? values[0] : values

/** @param millis the time that there was */
export const timeoutError = (millis: number): Error =>
  Object.assign(new Error(`no answer within ${millis} ms`), { name: 'TimeoutError', code: 'ETIMEDOUT' })
