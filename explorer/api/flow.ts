import type { SpanRow } from './spans.ts'

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
