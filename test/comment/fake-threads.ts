import * as z from 'zod/mini'
import { type Answer, type Asked, openGithubServer } from '../support/github-server.ts'

interface Comment {
  readonly id: string
  body: string
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

  const answerTo = ({ method, url, body }: Asked): Answer => {
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

  const instead = ({ method, url }: Asked): Answer | undefined => {
    const request = `${method} ${url.pathname}`
    requests.push(request)
    return state.instead(request)
  }

  const { url, close } = await openGithubServer(state, instead, answerTo)
  return {
    url,
    state,
    requests,
    add,
    bodies: (thread: string): readonly string[] => (threads.get(thread) ?? []).map(({ body }) => body),
    forget: (thread: string): void => void threads.delete(thread),
    close,
  }
}

export type Threads = Awaited<ReturnType<typeof openThreads>>
