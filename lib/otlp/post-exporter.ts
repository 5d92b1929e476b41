import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { CompletedSpan } from '../delivery/span.ts'
import { type Answered, type Transport, transport } from '../http/post.ts'
import type { ExportOutcome, SpanExporter } from '../record/ports.ts'
import { failedWith, partialOutcome, UNREADABLE } from './answer.ts'
import { boundedSpans } from './bounded.ts'
import type { OtlpOptions } from './options.ts'
import { readableSpans } from './readable-span.ts'

/**
 * Exports over OTLP/HTTP as OpenTelemetry's serializer puts spans into JSON, by one request that is not tried again: the
 * sender of a webhook waits for it, and the sweep, which tries for as long as it takes, uses OpenTelemetry's whole exporter
 * ({@link otlpExporter}). That one takes three times the CPU of a request and cannot be told to stop.
 */
export const postExporter = (options: OtlpOptions): SpanExporter => {
  const { timeoutMillis, oldestStartMillis } = options
  const url = new URL(options.url)
  const way = transport(url)
  return {
    export: async (spans, leftMillis = timeoutMillis) => {
      if (leftMillis <= 0) return { kind: 'retryable', message: 'no time was left for the export' }
      return exported(boundedSpans(spans, oldestStartMillis), options, {
        host: url.host,
        way,
        timeoutMillis: Math.min(leftMillis, timeoutMillis),
      })
    },
  }
}

interface Way {
  readonly host: string
  readonly way: Transport
  readonly timeoutMillis: number
}

const exported = async (
  spans: readonly CompletedSpan[],
  { headers, compression }: OtlpOptions,
  { host, way, timeoutMillis }: Way,
): Promise<ExportOutcome> => {
  const json = JsonTraceSerializer.serializeRequest(readableSpans(spans)) ?? new Uint8Array()
  const isGzip = compression === 'gzip'
  const sent = {
    headers: {
      host,
      ...headers,
      'content-type': 'application/json',
      ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
    },
    body: isGzip ? await gzipped(json) : json,
    timeoutMillis,
  }
  try {
    return outcomeOf(await way.post(sent))
  } catch (error) {
    return { kind: 'retryable', message: failureOf(error, timeoutMillis) }
  }
}

/** Loaded where it is asked for: one span is too small for it to pay. */
const gzipped = async (bytes: Uint8Array): Promise<Uint8Array> => (await import('node:zlib')).gzipSync(bytes)

const outcomeOf = ({ status, header, text }: Answered): ExportOutcome => {
  if (status < 200 || status >= 300) return failedWith(status, retryAfterMillis(header('retry-after')))
  if (text === '') return { kind: 'accepted' }
  try {
    const answer: unknown = JSON.parse(text)
    const partial = typeof answer === 'object' && answer !== null && 'partialSuccess' in answer && answer.partialSuccess
    return partial ? partialOutcome(partial) : { kind: 'accepted' }
  } catch {
    return UNREADABLE
  }
}

/** In seconds, or as a date. */
const retryAfterMillis = (header: string | undefined): number | undefined => {
  if (header === undefined) return undefined
  const millis = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return millis > 0 ? millis : undefined
}

/** Node's code, such as ECONNREFUSED: its message may hold an address. */
const failureOf = (error: unknown, timeoutMillis: number): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error'
  return code === 'ETIMEDOUT' ? `the backend has not answered within ${timeoutMillis} ms` : `no answer: ${code}`
}
