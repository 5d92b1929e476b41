/** `GET /api/groups`, with `by=<self or operation>:<attribute>` beside the query. */
export interface Groups {
  readonly by: string
  readonly rows: readonly {
    /** Undefined: those that have none. */
    readonly value?: string
    readonly filter: string
    readonly count: number
    readonly failed: number
    readonly p50Millis: number
    readonly p90Millis: number
    readonly p99Millis: number
  }[]
  /** Groups beyond what is shown. */
  readonly cut: number
}
