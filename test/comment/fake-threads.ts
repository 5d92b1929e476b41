import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { listening } from '../support/listening.ts'

export const TOKEN = 'ghp_s3cret'

interface Comment {
  readonly id: string
  body: string
}
interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const Body = z.object({ body: z.string() })

/** The comments of issues and pull requests, with pages and a rate limit, over HTTP on loopback. */
export const openThreads = async () => {
  const threads = new Map<string, Comment[]>()
  const requests: string[] = []
  const state = {
    remaining: 5000,
    resetSeconds: 1_800_000_000,
    /** In place of GitHub's own answer. */
    instead: (_request: string): Answer | undefined => undefined,
  }
  let nextId = 9_007_199_254_740_993n

  const add = (thread: string, body: string): string => {
    nextId += 1n
    threads.set(thread, [...(threads.get(thread) ?? []), { id: String(nextId), body }])
    return String(nextId)
  }

  const answerTo = (method: string, url: URL, body: string, authorization: string | undefined): Answer => {
    if (authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { message: 'Bad credentials' } }
    const changed = /^\/repos\/acme\/shop\/issues\/comments\/(\d+)$/.exec(url.pathname)?.[1]
    if (changed !== undefined && method === 'PATCH') {
      const comment = [...threads.values()].flat().find(({ id }) => id === changed)
      if (comment === undefined) return { status: 404, body: { message: 'Not Found' } }
      comment.body = z.parse(Body, JSON.parse(body)).body
      return { status: 200, body: comment }
    }
    const thread = /^\/repos\/acme\/(shop\/issues\/\d+)\/comments$/.exec(url.pathname)?.[1]
    if (thread === undefined) return { status: 404, body: { message: 'Not Found' } }
    if (method === 'POST') return { status: 201, body: { id: add(thread, z.parse(Body, JSON.parse(body)).body) } }
    const [page, length] = [url.searchParams.get('page'), url.searchParams.get('per_page')].map(Number) as [
      number,
      number,
    ]
    return { status: 200, body: (threads.get(thread) ?? []).slice((page - 1) * length, page * length) }
  }

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '', 'http://github')
    const request = `${incoming.method} ${url.pathname}`
    requests.push(request)
    state.remaining -= 1
    const body = await text(incoming)
    const answer = state.instead(request) ?? answerTo(incoming.method ?? '', url, body, incoming.headers.authorization)
    outgoing.writeHead(answer.status, {
      'content-type': 'application/json; charset=utf-8',
      'x-ratelimit-remaining': String(state.remaining),
      'x-ratelimit-reset': String(state.resetSeconds),
      ...answer.headers,
    })
    outgoing.end(JSON.stringify(answer.body ?? {}).replace(/"id":"(\d+)"/g, '"id":$1'))
  }

  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing))
  const url = await listening(server)
  return {
    url,
    state,
    requests,
    add,
    bodies: (thread: string): readonly string[] => (threads.get(thread) ?? []).map(({ body }) => body),
    forget: (thread: string): void => void threads.delete(thread),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type Threads = Awaited<ReturnType<typeof openThreads>>
