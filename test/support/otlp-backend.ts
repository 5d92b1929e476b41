import { createServer, type IncomingHttpHeaders } from 'node:http'
import { gunzipSync } from 'node:zlib'
import * as z from 'zod/mini'
import { listening } from './listening.ts'

const anyValue = z.union([
  z.object({ stringValue: z.string() }),
  z.object({ intValue: z.number() }),
  z.object({ doubleValue: z.number() }),
  z.object({ boolValue: z.boolean() }),
  z.object({ arrayValue: z.object({ values: z.array(z.object({ stringValue: z.string() })) }) }),
])
const attributes = z.array(z.object({ key: z.string(), value: anyValue }))
const link = z.object({ traceId: z.string(), spanId: z.string(), attributes })
const otlpSpan = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.optional(z.string()),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes,
  status: z.object({ code: z.number() }),
  links: z.array(link),
  events: z.array(z.object({ name: z.string(), timeUnixNano: z.string(), attributes })),
})
const request = z.object({
  resourceSpans: z.array(
    z.object({ resource: z.object({ attributes }), scopeSpans: z.array(z.object({ spans: z.array(otlpSpan) })) }),
  ),
})

export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly startMillis: number
  readonly endMillis: number
  readonly statusCode: number
  readonly attributes: Readonly<Record<string, unknown>>
  readonly links: readonly { readonly traceId: string; readonly spanId: string; readonly reason: unknown }[]
  readonly events: readonly {
    readonly name: string
    readonly atMillis: number
    readonly attributes: Readonly<Record<string, unknown>>
  }[]
  readonly resource: Readonly<Record<string, unknown>>
}

export interface Response {
  readonly status: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Cut the connection instead of answering. */
  readonly reset?: true
  /** Never answer. */
  readonly hang?: true
}

/** A real OTLP/HTTP backend that keeps what it is sent and answers as it is told. */
export const openOtlpBackend = async () => {
  const spans: ReceivedSpan[] = []
  const requests: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = []
  const state: { respond: Response } = { respond: { status: 200, body: '{}' } }
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { status, body, headers, reset, hang } = state.respond
      requests.push({ url: incoming.url ?? '', headers: incoming.headers })
      if (hang) return
      if (reset) {
        incoming.socket.destroy()
        return
      }
      const bytes = Buffer.concat(chunks)
      if (status === 200)
        spans.push(...decode(incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes))
      outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
    })
  })
  const url = await listening(server)
  return {
    url,
    spans,
    requests,
    respondWith: (respond: Response) => {
      state.respond = respond
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
export type OtlpBackend = Awaited<ReturnType<typeof openOtlpBackend>>

const decode = (bytes: Buffer): ReceivedSpan[] =>
  z
    .parse(request, JSON.parse(bytes.toString('utf8')))
    .resourceSpans.flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans.map((span) => plain(span, values(resource.attributes)))),
    )

const plain = (span: z.infer<typeof otlpSpan>, resource: Record<string, unknown>): ReceivedSpan => ({
  traceId: span.traceId,
  spanId: span.spanId,
  ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
  name: span.name,
  kind: span.kind,
  startMillis: Number(BigInt(span.startTimeUnixNano) / 1_000_000n),
  endMillis: Number(BigInt(span.endTimeUnixNano) / 1_000_000n),
  statusCode: span.status.code,
  attributes: values(span.attributes),
  links: span.links.map(({ traceId, spanId, attributes: of }) => ({
    traceId,
    spanId,
    reason: values(of)['valuestream.link.reason'],
  })),
  events: span.events.map(({ name, timeUnixNano, attributes: of }) => ({
    name,
    atMillis: Number(BigInt(timeUnixNano) / 1_000_000n),
    attributes: values(of),
  })),
  resource,
})

const values = (list: z.infer<typeof attributes>): Record<string, unknown> =>
  Object.fromEntries(
    list.map(({ key, value }) => [
      key,
      'arrayValue' in value ? value.arrayValue.values.map(({ stringValue }) => stringValue) : Object.values(value)[0],
    ]),
  )
