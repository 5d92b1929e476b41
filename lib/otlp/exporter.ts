import { AsyncLocalStorage } from 'node:async_hooks'
import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base'
import * as z from 'zod/mini'
import type { CompletedSpan } from '../delivery/span.ts'
import type { ExportOutcome, SpanExporter } from '../record/ports.ts'
import { boundedSpan } from './bounded.ts'
import { withDeadline } from './deadline.ts'
import { readableSpans } from './readable-span.ts'

export interface OtlpOptions {
  /** The complete URL that traces are posted to. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Bound on one export with its retries. */
  readonly timeoutMillis: number
  readonly compression: 'gzip' | 'none'
  /** The oldest start of a span that the backend takes, before now. */
  readonly oldestStartMillis?: number
}

/** `ExportResultCode.SUCCESS` of @opentelemetry/core, which would come in for this one number. */
const EXPORT_SUCCESS = 0

/**
 * The share of the time that the exporter knows of. It is through with trying when what it still waits for is cut off at
 * the deadline: a retry with no time left, which it makes when an answer said `Retry-After: 0`, throws after it has opened
 * a request that nobody listens to, whose error would then end the process.
 */
const OWN_SHARE = 0.9

/** What the exporter warned of while one export was under way: the strings of each warning. */
const warnings = new AsyncLocalStorage<string[]>()

/**
 * The exporter tells of a partial success, which is none, and of an answer that it cannot read, by nothing but a
 * warning through OpenTelemetry's diagnostics, so that is where it is heard.
 */
const listening: DiagLogger = {
  error: () => undefined,
  warn: (...parts: unknown[]) => warnings.getStore()?.push(...parts.filter((part) => typeof part === 'string')),
  info: (...parts: unknown[]) => warnings.getStore()?.push(...parts.filter((part) => typeof part === 'string')),
  debug: () => undefined,
  verbose: () => undefined,
}

/** Exports over OTLP/HTTP with JSON by OpenTelemetry's own exporter, awaited, with the answer as an outcome. */
export const otlpExporter = (options: OtlpOptions): SpanExporter => {
  const { timeoutMillis } = options
  diag.setLogger(listening, { logLevel: DiagLogLevel.INFO, suppressOverrideMessage: true })
  const usual = exporterWithin(options, timeoutMillis)
  return {
    export: async (spans, leftMillis = timeoutMillis) => {
      if (leftMillis <= 0) return { kind: 'retryable', message: 'no time was left for the export' }
      // It has to know of its time, or it would go on trying when nobody waits for it any more.
      return (leftMillis < timeoutMillis ? exporterWithin(options, Math.ceil(leftMillis)) : usual).export(spans)
    },
  }
}

const exporterWithin = (
  { url, headers, compression, oldestStartMillis }: OtlpOptions,
  timeoutMillis: number,
): SpanExporter => {
  const exporter = new OTLPTraceExporter({
    url,
    headers: { ...headers },
    timeoutMillis: Math.ceil(timeoutMillis * OWN_SHARE),
    compression: compression === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE,
    concurrencyLimit: 1_000,
  })
  const unbounded: SpanExporter = {
    export: (spans) => {
      // A minute less than the backend's bound, for the way there.
      const bound = oldestStartMillis === undefined ? undefined : oldestStartMillis - 60_000
      return exportWith(
        exporter,
        spans.map((span) => boundedSpan(span, bound, Date.now())),
      )
    },
  }
  return withDeadline(unbounded, timeoutMillis)
}

const exportWith = (exporter: OTLPTraceExporter, spans: readonly CompletedSpan[]): Promise<ExportOutcome> => {
  const heard: string[] = []
  return warnings.run(
    heard,
    () =>
      new Promise<ExportOutcome>((resolve) => {
        exporter.export(readableSpans(spans), ({ code, error }) => {
          resolve(code === EXPORT_SUCCESS ? success(heard) : failure(error, heard))
        })
      }),
  )
}

/**
 * A 2xx with nothing to warn of, or with a `partial_success` that rejects no span, is an acceptance.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#partial-success-1
 */
const success = (heard: readonly string[]): ExportOutcome => {
  if (heard.length === 0) return { kind: 'accepted' }
  const partial = heard.flatMap((part) => partialSuccess(part) ?? [])[0]
  if (partial === undefined) return { kind: 'retryable', message: "the backend's answer cannot be read" }
  if (partial.rejected === 0) return { kind: 'accepted' }
  return { kind: 'refused', message: `the backend rejected ${partial.rejected} spans: ${partial.message}` }
}

const partialSchema = z.object({
  rejectedSpans: z.optional(z.union([z.number(), z.string()])),
  errorMessage: z.optional(z.string()),
})

const partialSuccess = (part: string): { rejected: number; message: string } | undefined => {
  if (!part.startsWith('{')) return undefined
  const { success: is, data } = partialSchema.safeParse(JSON.parse(part))
  return is ? { rejected: Number(data.rejectedSpans ?? 0), message: data.errorMessage?.slice(0, 300) ?? '' } : undefined
}

/** The answers of HTTP that are about the spans themselves. Any other is about an address or a token that is set wrong. */
const ABOUT_SPANS: ReadonlySet<unknown> = new Set([400, 413, 422])

/** The longest that the exporter waits by itself; what is longer comes from the backend's `Retry-After`. */
const OWN_BACKOFF_MILLIS = 6_000

/** The exporter's own words on a backend that wants to be left alone for longer than the export may take. */
const RETRY_TIME = /^Export retry time (\d{1,12})ms exceeds/

/**
 * The exporter has already retried what OTLP lets be retried. An answer that refuses the spans is final; one that refuses
 * the request, such as 401 or 404, is for somebody to set right, and the spans wait for it.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#failures
 */
const failure = (error: (Error & { readonly code?: unknown }) | undefined, heard: readonly string[]): ExportOutcome => {
  const status = error?.code
  if (ABOUT_SPANS.has(status)) return { kind: 'refused', message: `the backend answered ${status}` }
  const retryAfter = heard
    .flatMap((part) => Number(RETRY_TIME.exec(part)?.[1] ?? []))
    .find((millis) => millis > OWN_BACKOFF_MILLIS)
  return {
    kind: 'retryable',
    message: typeof status === 'number' ? `the backend answered ${status}` : (error?.message ?? 'the export failed'),
    ...(retryAfter === undefined ? {} : { retryAfterMillis: retryAfter }),
  }
}
