import type { JsonObject } from '../../demo/payloads/json.ts'
import type { Telling } from './telling.ts'

/** One webhook of a world. Its body is made when it is sent: all of them together are large. */
export interface Delivery {
  readonly id: string
  /** When its sender sends it. */
  readonly atMillis: number
  readonly target: { readonly source: 'github'; readonly event: GithubEvent } | { readonly source: 'jenkins' }
  readonly body: () => JsonObject
  /** Absent where it tells nothing that becomes a part of a trace. */
  readonly telling?: Telling
}

export type GithubEvent =
  | 'issues'
  | 'pull_request'
  | 'pull_request_review'
  | 'push'
  | 'status'
  | 'workflow_run'
  | 'deployment'
  | 'deployment_status'
