import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Context } from 'hono'
import { ExportRequest } from './otlp-payload.ts'
import { spansOf } from './otlp-spans.ts'
import type { StoredSpan } from './span.ts'

const unzip = promisify(gunzip)

/** Unpacked; what exporters send in one request is far below. */
export const MAX_EXPORT_BYTES = 64 * 1024 * 1024

/** google.rpc codes, which OTLP's errors carry. */
const INVALID_ARGUMENT = 3
const UNAVAILABLE = 14

/**
 * An OTLP/HTTP trace receiver, for the JSON encoding: 200 when the spans are kept, 400 when the request is none, 415 for
 * another encoding, 503 when they cannot be written, so that the exporter tries again.
 *
 * Source: opentelemetry.io/docs/specs/otlp, "OTLP/HTTP"
 */
export const receiveTraces = (keep: (spans: readonly StoredSpan[]) => void) => async (c: Context) => {
  const refuse = (status: 400 | 415 | 503, code: number, message: string) => c.json({ code, message }, status)

  const contentType = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (contentType !== 'application/json') {
    const remedy = 'set OTEL_EXPORTER_OTLP_PROTOCOL=http/json in the exporter'
    return refuse(415, INVALID_ARGUMENT, `This receiver reads OTLP as JSON (content type application/json): ${remedy}.`)
  }
  const parsed = parse(await unpacked(c))
  if (parsed.kind === 'malformed') return refuse(400, INVALID_ARGUMENT, parsed.reason)
  try {
    keep(spansOf(parsed.request))
  } catch (error) {
    console.error(`Spans cannot be written: ${error instanceof Error ? error.message : String(error)}`)
    return refuse(503, UNAVAILABLE, 'The spans cannot be written now: send them again.')
  }
  return c.json({})
}

type Parsed = { kind: 'request'; request: ExportRequest } | { kind: 'malformed'; reason: string }

const unpacked = async (c: Context): Promise<Buffer | undefined> => {
  const body = Buffer.from(await c.req.arrayBuffer())
  if ((c.req.header('content-encoding') ?? 'identity').toLowerCase() !== 'gzip') return body
  return unzip(body, { maxOutputLength: MAX_EXPORT_BYTES }).catch(() => undefined)
}

const parse = (body: Buffer | undefined): Parsed => {
  if (!body) return { kind: 'malformed', reason: 'The body is no gzip, or too large.' }
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    return { kind: 'malformed', reason: 'The body is no JSON.' }
  }
  const result = ExportRequest.safeParse(json)
  if (result.success) return { kind: 'request', request: result.data }
  const [issue] = result.error.issues
  return { kind: 'malformed', reason: `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'invalid'}` }
}
