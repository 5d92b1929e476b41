export interface OtlpOptions {
  /** The complete URL that traces are posted to. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Bound on one export with its retries. */
  readonly timeoutMillis: number
  readonly compression: 'gzip' | 'none'
  /** The oldest start of a span that the backend takes, before now. */
  readonly oldestStartMillis?: number
}
