import { createServer, request, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CompletedSpan } from '../../lib/delivery/span.ts'
import { withDeadline } from '../../lib/otlp/deadline.ts'
import { otlpExporter } from '../../lib/otlp/exporter.ts'
import { postExporter } from '../../lib/otlp/post-exporter.ts'
import type { SpanExporter } from '../../lib/record/ports.ts'
import { listening } from '../support/listening.ts'

const span: CompletedSpan = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'build',
  kind: 'server',
  startMillis: 1_790_000_000_123,
  endMillis: 1_790_000_060_456,
  isError: false,
  attributes: { service: 'jenkins' },
  links: [],
  events: [],
}

/** Answers with this status, and then with a space every 20 milliseconds, without ever coming to an end. */
const openTrickle = async (status: number, headers: Record<string, string> = {}) => {
  const trickling = new Set<NodeJS.Timeout>()
  const state = { requests: 0, bytes: 0 }
  const server: Server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => {
      state.requests += 1
      outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
      const timer = setInterval(() => {
        state.bytes += 1
        outgoing.write(' ')
      }, 20)
      trickling.add(timer)
      outgoing.on('close', () => {
        clearInterval(timer)
        trickling.delete(timer)
      })
    })
  })
  const url = await listening(server)
  return {
    state,
    url,
    /** Until nobody listens any more. */
    left: async () => {
      while (trickling.size > 0) await sleep(5)
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Jest's own work may start timers of a file, so only those that are left after an export and were not before it count. */
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

describe.each([
  ["of OpenTelemetry's exporter", otlpExporter],
  ['of one request', postExporter],
])('the deadline %s', (_name, make) => {
  const exporterTo = (url: string, timeoutMillis: number) =>
    make({ url: `${url}/v1/traces`, headers: {}, timeoutMillis, compression: 'none' })

  it.each([
    ['a good answer', 200, {}],
    ['an answer that lets it be tried at once', 503, { 'retry-after': '0' }],
  ])(
    'holds against a backend that trickles %s, and lets go of its connection',
    async (_what, status, headers) => {
      const backend = await openTrickle(status, headers)
      // The exporter's own time is a tenth less, which has to be enough for a busy machine to tell the two apart.
      const exporter = exporterTo(backend.url, 800)
      try {
        // More than once, since what goes wrong here does so by a millisecond.
        for (let count = 1; count <= 4; count += 1) {
          const outcome = await exporter.export([span])
          expect(outcome).toEqual({ kind: 'retryable', message: 'the backend has not answered within 800 ms' })
          await backend.left()
          expect(backend.state.requests).toBe(count)
        }
        expect(backend.state.bytes).toBeGreaterThan(10)
      } finally {
        await backend.close()
      }
    },
    30_000,
  )

  it('is of each export alone, on a connection that others use before and after', async () => {
    const requests: string[] = []
    const server = createServer((incoming, outgoing) => {
      incoming.resume().on('end', () => {
        requests.push(incoming.url ?? '')
        setTimeout(() => outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{}'), 60)
      })
    })
    const url = await listening(server)
    const trickle = await openTrickle(200)
    const [good, bad] = [exporterTo(url, 2_000), exporterTo(trickle.url, 150)]
    try {
      const outcomes = await Promise.all(
        [0, 80, 160, 240].flatMap((delayMillis) => {
          const later = sleep(delayMillis)
          return [later.then(() => good.export([span])), later.then(() => bad.export([span]))]
        }),
      )
      expect(outcomes.map(({ kind }) => kind)).toEqual([0, 1, 2, 3].flatMap(() => ['accepted', 'retryable']))
      expect(requests).toHaveLength(4)
      await trickle.left()
    } finally {
      server.closeAllConnections()
      await Promise.all([trickle.close(), new Promise((resolve) => server.close(resolve))])
    }
  }, 10_000)

  it('may be shorter than usual, and then nothing is sent after it', async () => {
    const requests: string[] = []
    const server = createServer((incoming) => {
      incoming.resume().on('end', () => requests.push(incoming.url ?? ''))
    })
    const url = await listening(server)
    try {
      const outcome = await exporterTo(url, 60_000).export([span], 80)
      expect(outcome).toMatchObject({ kind: 'retryable' })
      await sleep(1_500)
      expect(requests).toEqual(['/v1/traces'])
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  it('lets no export begin where no time is left', async () => {
    const outcome = { kind: 'retryable', message: 'no time was left for the export' }
    expect(await exporterTo('http://127.0.0.1:1', 60_000).export([span], 0)).toEqual(outcome)
    expect(await exporterTo('http://127.0.0.1:1', 60_000).export([span], -5)).toEqual(outcome)
  })

  it('leaves no timer behind when the answer comes in time', async () => {
    const server = createServer((incoming, outgoing) => {
      incoming.resume().on('end', () => outgoing.writeHead(200, { connection: 'close' }).end('{}'))
    })
    const url = await listening(server)
    const exporter = exporterTo(url, 60_000)
    try {
      const before = timers()
      expect(await exporter.export([span])).toEqual({ kind: 'accepted' })
      // Those of others, which were there before, may still come and go.
      while (timers() > before) await sleep(5)
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})

it('stops a request of the exporter that is only begun after the deadline', async () => {
  const backend = await openTrickle(200)
  let ended: Promise<unknown> | undefined
  const late: SpanExporter = {
    export: async () => {
      await sleep(60)
      ended = new Promise((resolve) => {
        request(backend.url, { method: 'POST' }, resolve).on('error', resolve).end('{}')
      })
      await ended
      return { kind: 'accepted' }
    },
  }
  try {
    const outcome = await withDeadline(late, 20).export([span])
    expect(outcome).toEqual({ kind: 'retryable', message: 'the backend has not answered within 20 ms' })
    await sleep(100)
    expect(await ended).toMatchObject({ code: 'ECONNRESET' })
  } finally {
    await backend.close()
  }
})
