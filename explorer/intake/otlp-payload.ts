import { z } from 'zod/mini'

/**
 * What the receiver reads of an OTLP export request, as it is in JSON. Unknown fields are passed over, as the protocol demands, and
 * 64-bit numbers come as strings or as numbers.
 *
 * Source: opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding"
 */
const id = (digits: number) =>
  z.string().check(
    z.refine((text) => new RegExp(`^[0-9a-f]{${digits}}$`, 'i').test(text), `must be ${digits} hex digits`),
    z.refine((text) => !/^0+$/.test(text), 'must not be all zeros'),
  )

/** Also beyond 2^53, where JSON has lost the last digits. */
const Integer = z.union([
  z.number().check(z.refine(Number.isInteger, 'must be a whole number')),
  z.string().check(z.regex(/^-?\d{1,20}$/, 'must be a whole number')),
])
const Nanos = z.union([
  // Of 64 bits.
  z.number().check(z.nonnegative(), z.lte(2 ** 64)),
  z.string().check(z.regex(/^\d{1,20}$/, 'must be nanoseconds')),
])

export const AnyValue = z.object({
  stringValue: z.optional(z.string()),
  boolValue: z.optional(z.boolean()),
  intValue: z.optional(Integer),
  doubleValue: z.optional(z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])),
  bytesValue: z.optional(z.string()),
  get arrayValue() {
    return z.optional(z.object({ values: z.optional(z.array(AnyValue)) }))
  },
  get kvlistValue() {
    return z.optional(z.object({ values: z.optional(z.array(KeyValue)) }))
  },
})
export type AnyValue = z.infer<typeof AnyValue>

const KeyValue = z.object({
  key: z.string(),
  get value() {
    return z.optional(AnyValue)
  },
})
export type KeyValue = z.infer<typeof KeyValue>

const Span = z.object({
  traceId: id(32),
  spanId: id(16),
  /** Empty at a root. */
  parentSpanId: z.optional(z.union([z.literal(''), id(16)])),
  name: z.string(),
  startTimeUnixNano: Nanos,
  endTimeUnixNano: Nanos,
  attributes: z.optional(z.array(KeyValue)),
  links: z.optional(z.array(z.object({ traceId: id(32), spanId: id(16), attributes: z.optional(z.array(KeyValue)) }))),
  events: z.optional(
    z.array(
      z.object({
        timeUnixNano: z.optional(Nanos),
        name: z.optional(z.string()),
        attributes: z.optional(z.array(KeyValue)),
      }),
    ),
  ),
  status: z.optional(z.object({ code: z.optional(z.int()), message: z.optional(z.string()) })),
})
export type OtlpSpan = z.infer<typeof Span>

export const ExportRequest = z.object({
  resourceSpans: z.optional(
    z.array(
      z.object({
        resource: z.optional(z.object({ attributes: z.optional(z.array(KeyValue)) })),
        scopeSpans: z.optional(z.array(z.object({ spans: z.optional(z.array(Span)) }))),
      }),
    ),
  ),
})
export type ExportRequest = z.infer<typeof ExportRequest>
