import type { Repository } from './activity.ts'
import type { DeliveryEvent } from './event.ts'

/** A webhook as it came over HTTP; header names are lower-cased, `body` holds the raw bytes. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, string | undefined>>
  /** Values of the route's path parameters. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

/** `refused` carries one sentence that names no secret. */
export type Verification = { readonly kind: 'verified' } | { readonly kind: 'refused'; readonly reason: string }

/** What a verified webhook says; `malformed` and `ignored` carry one sentence that echoes no payload. */
export type Translation =
  | { readonly kind: 'events'; readonly events: readonly DeliveryEvent[] }
  | { readonly kind: 'ping' }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'malformed'; readonly reason: string }

/** Facts about this installation that a translation needs. */
export interface Installation {
  /** The host that references without one mean, such as `github.com`. */
  readonly githubHost: string
  /** The repository of a Jenkins job by its full name, for jobs whose payloads name none. */
  readonly repositoryOfJob: (fullName: string) => Repository | undefined
}

/** Lambda takes 6 MB of event, of which base64 leaves 4.5 MB; GitHub's webhooks are mostly under 100 kB. */
export const MAX_BODY_BYTES = 6 * 1024 * 1024

/** One system that reports by webhook. Both functions are pure. */
export interface Source {
  readonly name: string
  /** The largest body that is read, in bytes. */
  readonly maxBodyBytes: number
  readonly verify: (request: WebhookRequest, secrets: readonly string[]) => Verification
  readonly translate: (request: WebhookRequest, installation: Installation) => Translation
}
