import { z } from 'zod/mini'

const AttributeValue = z.json()
export type AttributeValue = z.infer<typeof AttributeValue>

const Attributes = z.record(z.string(), AttributeValue)
export type Attributes = z.infer<typeof Attributes>

/** A span as the explorer keeps it; times in epoch milliseconds. */
export const StoredSpan = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.optional(z.string()),
  name: z.string(),
  service: z.string(),
  startMillis: z.number(),
  endMillis: z.number(),
  state: z.enum(['unset', 'ok', 'error']),
  stateMessage: z.optional(z.string()),
  attributes: Attributes,
  resource: Attributes,
  links: z.array(z.object({ traceId: z.string(), spanId: z.string(), attributes: Attributes })),
})
export type StoredSpan = z.infer<typeof StoredSpan>
