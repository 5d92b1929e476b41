import type { AttributeValue } from '../attribute-value.ts'
import type { SpanRow } from './spans.ts'

/** `GET /api/traces/:traceId`, no parameters; 404 where there is none. */
export interface Trace {
  readonly traceId: string
  readonly title: string
  readonly startMillis: number
  readonly endMillis: number
  /** In the order of the tree, each below its parent. */
  readonly spans: readonly TraceSpan[]
}
export interface TraceSpan extends SpanRow {
  readonly parentSpanId?: string
  readonly depth: number
  /** Its parent is named and not here. */
  readonly isOrphan: boolean
  readonly service: string
  readonly endMillis?: number
  /** Its page in GitHub or Jenkins; always http or https. */
  readonly url?: string
  /** Times within it in which nothing of it was under way: waiting for what came next, such as `pull_request`. */
  readonly waits: readonly { readonly fromMillis: number; readonly toMillis: number; readonly waitingFor: string }[]
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly links: readonly {
    readonly traceId: string
    readonly spanId: string
    readonly reason?: string
    /** Of the span that it leads to, where that is here. */
    readonly title?: string
  }[]
  readonly events: readonly {
    readonly name: string
    readonly atMillis: number
    readonly attributes: Readonly<Record<string, AttributeValue>>
  }[]
}
