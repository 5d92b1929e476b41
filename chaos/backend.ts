import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Random } from '../demo/history/random.ts'
import { ExportRequest } from '../explorer/intake/otlp-payload.ts'
import { spansOf } from '../explorer/intake/otlp-spans.ts'
import type { ReceivedSpan } from '../explorer/intake/received-span.ts'

/** What a request to the backend meets. */
const MOODS = {
  well: 55,
  busy: 8,
  unavailable: 8,
  reset: 6,
  hang: 3,
  garbage: 4,
  /** It takes the spans, and the connection breaks before it has said so. */
  reset_after: 6,
  misconfigured: 3,
} as const

/** A backend over OTLP/HTTP that is at times busy, away or mad, and that refuses some spans for good. */
export interface Backend {
  readonly url: string
  /** Every span that was taken, as often as it was. */
  readonly accepted: readonly ReceivedSpan[]
  /** Taken, while whoever has sent them could not know. */
  readonly unanswered: ReadonlySet<string>
  /** From now on it does what it should; it goes on refusing what it refuses. */
  readonly calmDown: () => void
  readonly close: () => Promise<void>
}

export const openBackend = async (random: Random, isRefused: (spanId: string) => boolean): Promise<Backend> => {
  const accepted: ReceivedSpan[] = []
  const unanswered = new Set<string>()
  let isCalm = false
  const server = createServer((incoming, outgoing) => {
    void receive(incoming).then((spans) => {
      const mood = isCalm ? 'well' : random.weighted(MOODS)
      const good = spans.filter(({ spanId }) => !isRefused(spanId))
      const takes = (some: readonly ReceivedSpan[]): void => {
        accepted.push(...some)
        // Who gives up waiting does not hear the answer.
        outgoing.once('close', () => {
          if (!outgoing.writableFinished) for (const { spanId } of some) unanswered.add(spanId)
        })
      }
      switch (mood) {
        case 'busy':
          return answer(outgoing, 429, '{}', { 'retry-after': '1' })
        case 'unavailable':
          return answer(outgoing, 503, '{}')
        case 'misconfigured':
          return answer(outgoing, 401, '{}')
        case 'reset':
          return void incoming.socket.destroy()
        case 'hang':
          return undefined
        case 'garbage':
        case 'reset_after':
          takes(good)
          for (const { spanId } of good) unanswered.add(spanId)
          return mood === 'garbage' ? answer(outgoing, 200, '<html>') : void incoming.socket.destroy()
        case 'well':
          if (good.length === spans.length) {
            takes(spans)
            return answer(outgoing, 200, '{}')
          }
          // Half of the backends refuse the whole request, the others take what they can.
          if (random.chance(0.5)) return answer(outgoing, 400, '{"message":"span refused"}')
          takes(good)
          for (const { spanId } of good) unanswered.add(spanId)
          return answer(
            outgoing,
            200,
            `{"partialSuccess":{"rejectedSpans":${spans.length - good.length},"errorMessage":"span refused"}}`,
          )
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the backend listens on no port')
  return {
    url: `http://127.0.0.1:${address.port}/v1/traces`,
    accepted,
    unanswered,
    calmDown: () => {
      isCalm = true
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const answer = (outgoing: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void => {
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}

const receive = async (incoming: IncomingMessage): Promise<readonly ReceivedSpan[]> => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return spansOf(ExportRequest.parse(JSON.parse(Buffer.concat(chunks).toString('utf8'))))
}
