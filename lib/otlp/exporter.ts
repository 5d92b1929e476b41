import { AsyncLocalStorage } from 'node:async_hooks'
import { type DiagLogger, DiagLogLevel, diag } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base'
import type { CompletedSpan } from '../delivery/span.ts'
import type { ExportOutcome, SpanExporter } from '../record/ports.ts'
import { failedWith, partialOutcome, UNREADABLE } from './answer.ts'
import { boundedSpans } from './bounded.ts'
import { withDeadline } from './deadline.ts'
import type { OtlpOptions } from './options.ts'
import { readableSpans } from './readable-span.ts'

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
    export: (spans) => exportWith(exporter, boundedSpans(spans, oldestStartMillis)),
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

/** A 2xx with nothing to warn of, or with a `partial_success` that rejects no span, is an acceptance. */
const success = (heard: readonly string[]): ExportOutcome => {
  if (heard.length === 0) return { kind: 'accepted' }
  const partial = heard.find((part) => part.startsWith('{'))
  return partial === undefined ? UNREADABLE : partialOutcome(JSON.parse(partial))
}

/** The longest that the exporter waits by itself; what is longer comes from the backend's `Retry-After`. */
const OWN_BACKOFF_MILLIS = 6_000

/** The exporter's own words on a backend that wants to be left alone for longer than the export may take. */
const RETRY_TIME = /^Export retry time (\d{1,12})ms exceeds/

/** The exporter has already retried what OTLP lets be retried. */
const failure = (error: (Error & { readonly code?: unknown }) | undefined, heard: readonly string[]): ExportOutcome => {
  const retryAfter = heard
    .flatMap((part) => Number(RETRY_TIME.exec(part)?.[1] ?? []))
    .find((millis) => millis > OWN_BACKOFF_MILLIS)
  if (typeof error?.code === 'number') return failedWith(error.code, retryAfter)
  return {
    kind: 'retryable',
    message: error?.message ?? 'the export failed',
    ...(retryAfter === undefined ? {} : { retryAfterMillis: retryAfter }),
  }
}
