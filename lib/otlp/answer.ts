import * as z from 'zod/mini'
import type { ExportOutcome } from '../record/ports.ts'

/** The answers of HTTP that are about the spans themselves. Any other is about an address or a token that is set wrong. */
const ABOUT_SPANS: ReadonlySet<unknown> = new Set([400, 413, 422])

export const UNREADABLE: ExportOutcome = { kind: 'retryable', message: "the backend's answer cannot be read" }

/**
 * An answer that refuses the spans is final; one that refuses the request, such as 401 or 404, is for somebody to set
 * right, and the spans wait for it.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#failures
 */
export const failedWith = (status: number, retryAfterMillis?: number): ExportOutcome => {
  const message = `the backend answered ${status}`
  if (ABOUT_SPANS.has(status)) return { kind: 'refused', message }
  return { kind: 'retryable', message, ...(retryAfterMillis === undefined ? {} : { retryAfterMillis }) }
}

const partialSchema = z.object({
  rejectedSpans: z.optional(z.union([z.number(), z.string()])),
  errorMessage: z.optional(z.string()),
})

/**
 * What a `partial_success` says: it is a warning where it rejects no span.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#partial-success-1
 */
export const partialOutcome = (partialSuccess: unknown): ExportOutcome => {
  const { success, data } = partialSchema.safeParse(partialSuccess)
  if (!success) return UNREADABLE
  const rejected = Number(data.rejectedSpans ?? 0)
  if (rejected === 0) return { kind: 'accepted' }
  return {
    kind: 'refused',
    message: `the backend rejected ${rejected} spans: ${data.errorMessage?.slice(0, 300) ?? ''}`,
  }
}
