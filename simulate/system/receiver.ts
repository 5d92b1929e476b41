import { once } from 'node:events'
import { createServer } from 'node:http'
import { ExportRequest } from '../../explorer/intake/otlp-payload.ts'
import { spansOf } from '../../explorer/intake/otlp-spans.ts'
import type { ReceivedSpan } from '../../explorer/intake/received-span.ts'
import type { Exported } from '../compare.ts'

/** A receiver of OTLP over HTTP that keeps what is compared, in the order in which it comes. */
export interface Receiver {
  readonly url: string
  /** What has come since this was asked last. */
  readonly take: () => readonly Exported[]
  readonly close: () => Promise<void>
}

export const openReceiver = async (): Promise<Receiver> => {
  let exported: Exported[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { success, data, error } = ExportRequest.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      if (success) exported.push(...spansOf(data).map(exportedOf))
      else console.error(`An export cannot be read: ${error.issues[0]?.message}`)
      outgoing.writeHead(success ? 200 : 400, { 'content-type': 'application/json' }).end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the receiver listens on no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    take: () => {
      const taken = exported
      exported = []
      return taken
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const exportedOf = (span: ReceivedSpan): Exported => ({
  ...{ traceId: span.traceId, spanId: span.spanId, name: span.name },
  ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
  ...{ startMillis: span.startMillis, endMillis: span.endMillis, isError: span.state === 'error' },
  attributes: span.attributes,
  links: span.links.map(({ spanId, attributes }) => ({
    spanId,
    reason: String(attributes['valuestream.link.reason']),
  })),
})
