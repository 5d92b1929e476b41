import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as overHttp,
} from 'node:http'
import { Agent as HttpsAgent, request as overHttps } from 'node:https'

/** An answer as it came. */
export interface Answered {
  readonly status: number
  readonly text: string
}

export interface Posted {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMillis: number
  readonly signal?: AbortSignal
}

/** Node's own client, with connections that are kept. */
export interface Transport {
  readonly post: (posted: Posted) => Promise<Answered>
  /** Opens a connection, for whoever comes first; resolves when it is there, or when it has failed, which that one is told. */
  readonly warm: (url: URL) => Promise<void>
}

/** As many connections as the SDK has. */
const AGENT_OPTIONS = { keepAlive: true, maxSockets: 50 }
const WARMING_MILLIS = 1_000

type Open = (url: URL, options: { readonly method: string; readonly headers?: OutgoingHttpHeaders }) => ClientRequest

export const transport = (): Transport => {
  const httpAgent = new HttpAgent(AGENT_OPTIONS)
  const httpsAgent = new HttpsAgent(AGENT_OPTIONS)
  const open: Open = (url, options) =>
    url.protocol === 'http:'
      ? overHttp(url, { ...options, agent: httpAgent })
      : overHttps(url, { ...options, agent: httpsAgent })
  return {
    post: (posted) => answered(open, posted),
    warm: (url) =>
      new Promise((resolve) => {
        const request = open(url, { method: 'GET' })
        request.setTimeout(WARMING_MILLIS, () => request.destroy())
        request.on('response', (response: IncomingMessage) => response.resume())
        request.on('error', () => undefined)
        // The connection is free for the next one a moment after this one's end.
        request.on('close', () => setImmediate(resolve))
        request.end()
      }),
  }
}

/** @throws what went wrong on the way; a `TimeoutError` when the answer was not there in time; the signal's reason */
const answered = (open: Open, { url, headers, body, timeoutMillis, signal }: Posted): Promise<Answered> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const request = open(url, { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } })
    const stop = () => request.destroy(abortReason(signal))
    const timer = setTimeout(() => request.destroy(timeoutError(timeoutMillis)), timeoutMillis)
    const settle = <T>(then: (value: T) => void) => {
      return (value: T) => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
        then(value)
      }
    }
    const failed = settle(reject)
    const done = settle(resolve)
    signal?.addEventListener('abort', stop)
    request.on('error', failed)
    request.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', failed)
      response.on('end', () => done({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
    })
    request.end(body)
  })

const abortReason = (signal: AbortSignal | undefined): Error =>
  signal?.reason instanceof Error ? signal.reason : new Error('aborted')

const timeoutError = (millis: number): Error =>
  Object.assign(new Error(`no answer within ${millis} ms`), { name: 'TimeoutError', code: 'ETIMEDOUT' })
