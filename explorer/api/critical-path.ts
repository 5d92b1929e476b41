/** `GET /api/critical-path`: of the time of the population's spans, what each operation and each wait took. */
export interface CriticalPath {
  readonly count: number
  readonly totalMillis: number
  readonly parts: readonly {
    readonly kind: 'work' | 'wait'
    /** The operation that was at work, or that was waited for; `review` between a pull request's last push and its merge. */
    readonly name: string
    /** Of the whole time, 0 to 1; all parts add up to 1. */
    readonly share: number
    /** Per span, over those spans that have such a part. */
    readonly medianMillis: number
    readonly spans: number
  }[]
}
