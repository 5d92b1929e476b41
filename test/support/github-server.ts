import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { listening } from './listening.ts'

export const TOKEN = 'ghp_s3cret'

export interface Asked {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Answer {
  /** 0: none at all. */
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/**
 * What GitHub's API has everywhere, over HTTP on loopback: a token, a rate limit, and ids that are larger than a
 * JavaScript number holds, which `answerTo` gives as text.
 *
 * @param instead what stands in place of GitHub's own answer, whoever asks
 * @param answerTo what GitHub answers to whoever has the token
 */
export const openGithubServer = async (
  state: { remaining: number; resetSeconds: number },
  instead: (asked: Asked) => Answer | undefined,
  answerTo: (asked: Asked) => Answer,
) => {
  const answered = (asked: Asked): Answer => {
    const other = instead(asked)
    if (other !== undefined) return other
    const isKnown = asked.headers.authorization === `Bearer ${TOKEN}`
    return isKnown ? answerTo(asked) : { status: 401, body: { message: 'Bad credentials' } }
  }
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '', 'http://github')
    const body = await text(incoming)
    state.remaining -= 1
    const answer = answered({ method: incoming.method ?? '', url, headers: incoming.headers, body })
    if (answer.status === 0) return
    outgoing.writeHead(answer.status, {
      'content-type': 'application/json; charset=utf-8',
      'x-ratelimit-remaining': String(state.remaining),
      'x-ratelimit-reset': String(state.resetSeconds),
      ...answer.headers,
    })
    outgoing.end(JSON.stringify(answer.body ?? {}).replace(/"id":"(\d+)"/g, '"id":$1'))
  }
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing))
  return {
    url: await listening(server),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
