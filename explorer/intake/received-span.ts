import type { Attributes } from '../warehouse/span-record.ts'

export type { Attributes }

/** A span as it comes over OTLP; times in epoch milliseconds. */
export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly service: string
  readonly startMillis: number
  readonly endMillis: number
  readonly state: 'unset' | 'ok' | 'error'
  readonly stateMessage?: string
  readonly attributes: Attributes
  readonly resource: Attributes
  readonly links: readonly { readonly traceId: string; readonly spanId: string; readonly attributes: Attributes }[]
  readonly events: readonly { readonly name: string; readonly atMillis: number; readonly attributes: Attributes }[]
}
