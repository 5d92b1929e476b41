import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import * as z from 'zod/mini'
import { refusal } from '../../local/refusal.ts'
import { isLocalAddress } from './local-address.ts'

export interface Destination {
  readonly url: string
  /** `whsec_…` */
  readonly secret: string
}

export interface PostDependencies {
  readonly now: () => number
  readonly pause: (millis: number) => Promise<unknown>
  /** From 0 to 1. */
  readonly random: () => number
  readonly timeoutMillis: number
}

/** The activity that an event was recorded for. */
export interface Sent {
  readonly key: string
  readonly operation: string
  readonly traceId: string
  readonly spanId: string
  readonly traceparent: string
}

const ATTEMPTS = 5
const FIRST_PAUSE_MILLIS = 500
/** What passes by itself: too many requests, a table or a gateway that is away. */
const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503, 504])

const LATER = 'Send it again later'
const TO_LOCAL_STACK = 'Start the local stack with npx valuestream start, or say its PORT, and send it again'

const ANSWER = z.object({
  outcome: z.optional(z.string()),
  reason: z.optional(z.string()),
  activities: z.optional(
    z.array(
      z.object({
        key: z.string(),
        operation: z.string(),
        traceId: z.string(),
        spanId: z.string(),
        traceparent: z.string(),
      }),
    ),
  ),
})

type Attempt =
  | { readonly kind: 'sent'; readonly sent: Sent }
  | { readonly kind: 'passing'; readonly why: string; readonly remedy: string }
  | { readonly kind: 'final'; readonly why: string }

/**
 * Posts an event, signed as Standard Webhooks has it, and tries again a few times what may pass. Each attempt is signed
 * anew, with the same id.
 *
 * @throws Refusal with what the receiver says
 */
export const postEvent = async (
  event: Readonly<Record<string, unknown>>,
  destination: Destination,
  dependencies: PostDependencies,
): Promise<Sent> => {
  const [body, id] = [JSON.stringify(event), randomUUID()]
  let last = ''
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const bound = FIRST_PAUSE_MILLIS * 2 ** (attempt - 1)
    if (attempt > 0) await dependencies.pause(bound * (0.5 + dependencies.random() / 2))
    const outcome = await post(body, id, destination, dependencies)
    if (outcome.kind === 'sent') return outcome.sent
    if (outcome.kind === 'final') throw refusal(outcome.why)
    last = `${outcome.why}. ${outcome.remedy}`
  }
  throw refusal(`The event was not sent in ${ATTEMPTS} attempts: ${last}; twice is once.`)
}

const post = async (
  body: string,
  id: string,
  { url, secret }: Destination,
  { now, timeoutMillis }: PostDependencies,
): Promise<Attempt> => {
  const at = new Date(now())
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signerOf(secret).sign(id, at, body),
  }
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(timeoutMillis) })
    return outcomeOf(url, response.status, await response.json().catch(() => undefined))
  } catch (error) {
    return {
      kind: 'passing',
      why: `${url} cannot be reached (${reasonOf(error)})`,
      remedy: isLocalAddress(url) ? TO_LOCAL_STACK : LATER,
    }
  }
}

/** @throws Refusal when the secret is none */
const signerOf = (secret: string): Webhook => {
  try {
    return new Webhook(secret)
  } catch (cause) {
    throw refusal('The secret of events is not whsec_ and base64 after it: see docs/events.md.', cause)
  }
}

const outcomeOf = (url: string, status: number, body: unknown): Attempt => {
  const answer = z.safeParse(ANSWER, body).data
  const [sent] = answer?.activities ?? []
  if (status === 202 && sent !== undefined) return { kind: 'sent', sent }
  if (PASSING.has(status)) return { kind: 'passing', why: `it was answered ${status}`, remedy: LATER }
  const reason = answer?.reason
  if (reason === undefined) {
    return {
      kind: 'final',
      why: `What answers at ${url} (${status}) takes no events: name the address that ends in /events.`,
    }
  }
  return { kind: 'final', why: `The event was not recorded (${status}): ${reason}.` }
}

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string')
    return cause.code
  return cause instanceof Error ? cause.message : String(cause)
}
