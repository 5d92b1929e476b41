import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Context } from 'hono'
import { accepted, refused } from './answer.ts'
import { spansOf } from './otlp-spans.ts'
import { type Encoding, encodingOf, parseExport } from './parse-export.ts'
import type { ReceivedSpan } from './received-span.ts'

const unzip = promisify(gunzip)

/** As it comes; what exporters send in one request is far below. */
export const MAX_EXPORT_BYTES = 16 * 1024 * 1024
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024

/**
 * An OTLP/HTTP trace receiver, for JSON and protobuf, gzipped or not: 200 when the spans are kept, 400 when the request is
 * none, 415 for another encoding, 503 when they cannot be written, so that the exporter tries again.
 *
 * Source: opentelemetry.io/docs/specs/otlp, "OTLP/HTTP"
 */
export const receiveTraces =
  (keep: (spans: readonly ReceivedSpan[]) => Promise<void>) =>
  async (c: Context): Promise<Response> => {
    const encoding = encodingOf(c.req.header('content-type'))
    if (encoding === undefined) {
      return refused(415, 'json', 'This receives OTLP as application/json or application/x-protobuf.')
    }
    const packing = (c.req.header('content-encoding') ?? 'identity').toLowerCase()
    if (packing !== 'identity' && packing !== 'gzip')
      return refused(415, encoding, 'The body may be packed by gzip alone.')
    const body = Buffer.from(await c.req.arrayBuffer())
    const unpacked = packing === 'gzip' ? await unpack(body) : body
    if (unpacked === undefined) return refused(400, encoding, 'The body is no gzip, or too large.')
    return take(unpacked, encoding, keep)
  }

const unpack = (body: Buffer): Promise<Buffer | undefined> =>
  unzip(body, { maxOutputLength: MAX_UNPACKED_BYTES }).catch(() => undefined)

const take = async (
  body: Buffer,
  encoding: Encoding,
  keep: (spans: readonly ReceivedSpan[]) => Promise<void>,
): Promise<Response> => {
  const parsed = parseExport(body, encoding)
  if (parsed.kind === 'malformed') return refused(400, encoding, parsed.reason)
  try {
    await keep(spansOf(parsed.request))
  } catch (error) {
    console.error(`Spans cannot be written: ${error instanceof Error ? error.message : String(error)}`)
    return refused(503, encoding, 'The spans cannot be written now: send them again.')
  }
  return accepted(encoding)
}
