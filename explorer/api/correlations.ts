/** How many of how many. */
export interface Share {
  readonly having: number
  readonly of: number
}

/** One attribute value that marks spans: on the span itself, or on another span of its trace. */
export interface Mark {
  /** `self`, or the operation of the other span. */
  readonly scope: string
  /** `*`: the presence of a span of that operation. */
  readonly name: string
  /** Of a number, a bin: `10 – 20`. */
  readonly value?: string
  /** That it is not there. */
  readonly isAbsent: boolean
  /** The filter that keeps what is so marked; absent for a bin. */
  readonly filter?: string
}

/** Marks that mark the very same spans, as one, with how much more often they stand in the selection than outside. */
export interface Correlation {
  readonly marks: readonly Mark[]
  readonly selected: Share
  readonly others: Share
  /** LightStep's: −1 never in the selection, 0 equally likely in and out of it, +1 only in it. */
  readonly score: number
  /** Fisher's exact test, two-sided. */
  readonly pValue: number
  /** `pValue` after Benjamini–Hochberg over all tests. */
  readonly qValue: number
  readonly medianWithMillis?: number
  readonly medianWithoutMillis?: number
}

/** `GET /api/correlations` */
export interface Correlations {
  readonly population: { readonly operation: string; readonly count: number; readonly failed: number }
  readonly selection: {
    readonly kind: string
    readonly count: number
    readonly minMillis?: number
    readonly maxMillis?: number
  }
  /** Passing, the strongest first; then those that do not pass. */
  readonly passing: readonly Correlation[]
  readonly weak: readonly Correlation[]
  /** Why nothing passes. */
  readonly reason?: string
  /** What was compared, and what was left out and why. */
  readonly tests: number
  readonly leftOut: readonly { readonly scope: string; readonly name: string; readonly reason: string }[]
  /** Rows beyond what is shown. */
  readonly cut: number
}
