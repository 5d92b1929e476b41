/** `GET /api/spans`, with `sort=duration|start`, `order=asc|desc`, `limit` (1 to 200) and `offset`; the selection is ignored unless `only=selected`. */
export interface Spans {
  readonly spans: readonly SpanRow[]
  readonly total: number
}
export interface SpanRow {
  readonly traceId: string
  readonly spanId: string
  readonly operation: string
  readonly title: string
  readonly startMillis: number
  /** Undefined while it is under way. */
  readonly durationMillis?: number
  readonly isError: boolean
  readonly result?: string
}
