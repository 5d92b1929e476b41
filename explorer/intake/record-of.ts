import type { SpanRecord } from '../warehouse/span-record.ts'
import type { ReceivedSpan } from './received-span.ts'

/** A span that came over OTLP as the warehouse takes it. One whose clock went back took no time. */
export const recordOf = ({ name, state, stateMessage, endMillis, ...span }: ReceivedSpan): SpanRecord => ({
  ...span,
  origin: 'received',
  operation: name,
  endMillis: Math.max(span.startMillis, endMillis),
  isError: state === 'error',
  ...(stateMessage === undefined ? {} : { message: stateMessage }),
})
