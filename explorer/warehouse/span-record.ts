import type { AttributeValue } from '../attribute-value.ts'

/** Attributes with their types. */
export type Attributes = Readonly<Record<string, AttributeValue>>

/** A span as the warehouse takes it; times in epoch milliseconds. */
export interface SpanRecord {
  /** Whether it was read from the table or came over OTLP. */
  readonly origin: 'stored' | 'received'
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly operation: string
  readonly service: string
  readonly startMillis: number
  /** Undefined while it is under way. */
  readonly endMillis?: number
  readonly isError: boolean
  /** What the status says beside that it failed. */
  readonly message?: string
  readonly attributes: Attributes
  readonly resource: Attributes
  readonly links: readonly { readonly traceId: string; readonly spanId: string; readonly attributes: Attributes }[]
  readonly events: readonly { readonly name: string; readonly atMillis: number; readonly attributes: Attributes }[]
}
