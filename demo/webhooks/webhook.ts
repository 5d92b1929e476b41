import type { JsonObject } from '../payloads/json.ts'

export type Operation = 'issue' | 'pull_request' | 'build' | 'deploy'

/** One webhook of the sample history. Its body is made when it is sent: all of them together are large. */
export interface Webhook {
  /** When its sender sends it. */
  readonly atMillis: number
  readonly target:
    | { readonly source: 'github'; readonly event: 'issues' | 'pull_request'; readonly deliveryId: string }
    | { readonly source: 'jenkins' }
  readonly body: () => JsonObject
  readonly operation: Operation
  /** Present when it finishes an episode of its activity, and so makes a span. */
  readonly finishes?: { readonly activity: string; readonly episode: number }
}
