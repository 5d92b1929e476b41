/**
 * What the explorer's API answers, one interface a route; the page and the command line read these types. Every route is
 * a GET that takes the parameters of {@link ./query.ts} unless it says otherwise. Durations are milliseconds, times epoch
 * milliseconds. What goes wrong is `{ "message": "one sentence that says what to do" }` with a 4xx or 5xx.
 */

/** `GET /api/status`, no parameters. */
export interface Status {
  /** Finished spans, and spans that are under way. */
  readonly spans: number
  readonly open: number
  readonly traces: number
  /** Their names, the ones that ValueStream knows first in the order of the flow. */
  readonly operations: readonly { readonly name: string; readonly spans: number; readonly failed: number }[]
  readonly firstMillis?: number
  readonly lastMillis?: number
  /** What is read from: `local stack`, or the deployed table's name and stage. */
  readonly source: string
  /** When the table was last read to its end, and what stands in the way of reading it now. */
  readonly readMillis?: number
  readonly problem?: string
}

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

/** `GET /api/attributes`: what can be grouped and filtered by, for the population. */
export interface AttributeNames {
  readonly attributes: readonly {
    readonly scope: string
    readonly name: string
    /** Distinct values, and the most frequent of them. */
    readonly values: number
    readonly frequent: readonly string[]
  }[]
}

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
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [name: string]: AttributeValue }

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

/**
 * `GET /api/flow`, with `from`, `to`, `interval=day|week|month`, and `filter`s on the trace; `by=<attribute>` splits the
 * figures by repository (`vcs.repository.name`), owner or type.
 */
export interface Flow {
  readonly fromMillis: number
  readonly toMillis: number
  readonly interval: 'day' | 'week' | 'month'
  readonly groups: readonly FlowGroup[]
  /** Groups beyond what is shown. */
  readonly cut: number
  readonly workInProgress: readonly {
    readonly operation: string
    readonly count: number
    readonly medianAgeMillis: number
    readonly oldest: readonly SpanRow[]
  }[]
}
export interface FlowGroup {
  /** Undefined: all of it, the first group. */
  readonly name?: string
  /** Over the whole time. What cannot be told is absent. */
  readonly measures: FlowMeasures
  readonly series: readonly ({ readonly fromMillis: number } & FlowMeasures)[]
}
export interface FlowMeasures {
  /** Successful deploys to production a day. */
  readonly deploymentsPerDay: number
  readonly deployments: number
  /** From the first sign of a change (its pull request) to its deploy to production, median. */
  readonly leadTimeMillis?: number
  /** Deploys to production that failed, were rolled back, or caused an incident, of all. */
  readonly changeFailureRate?: number
  /** From a failed deploy to the next successful one to the same place, or an incident's duration; median. */
  readonly timeToRestoreMillis?: number
  /** Pull requests and deploys that repeat what was done: reopened issues, re-runs, rollbacks, of all. */
  readonly reworkRate?: number
  readonly operations: readonly {
    readonly operation: string
    readonly count: number
    readonly failed: number
    readonly p50Millis?: number
    readonly p90Millis?: number
  }[]
}

/** `GET /api/schema`, no parameters: what *Ask* may be asked of. */
export interface Schema {
  readonly tables: readonly {
    readonly name: string
    readonly meaning: string
    readonly columns: readonly { readonly name: string; readonly type: string; readonly meaning: string }[]
  }[]
  readonly examples: readonly { readonly title: string; readonly sql: string }[]
}

/** `POST /api/ask` with `{"sql": "…"}` and content type application/json. 400 with the database's own message. */
export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Numbers where JSON holds them exactly, times as ISO text, everything else as text. */
  readonly rows: readonly (readonly (string | number | boolean | null)[])[]
  /** Whether there were more rows than are given. */
  readonly isCut: boolean
  readonly tookMillis: number
}
