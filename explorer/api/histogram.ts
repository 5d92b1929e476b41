/** `GET /api/histogram`: finished spans of the population by duration, on a log scale. */
export interface Histogram {
  readonly buckets: readonly {
    readonly fromMillis: number
    readonly toMillis: number
    readonly count: number
    readonly failed: number
    readonly selected: number
  }[]
  readonly count: number
  readonly failed: number
  readonly p50Millis?: number
  readonly p90Millis?: number
  readonly p99Millis?: number
}
