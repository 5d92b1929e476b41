import type { SpanRecord } from '../../explorer/warehouse/span-record.ts'

/** A span of an issue of one minute, with what a test has to say of it. */
export const spanRecord = (told: Partial<SpanRecord> = {}): SpanRecord => ({
  origin: 'received',
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  operation: 'issue',
  service: 'github',
  startMillis: 1_790_000_000_000,
  endMillis: 1_790_000_060_000,
  isError: false,
  attributes: {},
  resource: {},
  links: [],
  events: [],
  ...told,
})
