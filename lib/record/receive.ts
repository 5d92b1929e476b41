import { bytesOf, LIMITS } from '../delivery/bounds.ts'
import { type Context, episodeAt, openingsOf } from '../delivery/context.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { spanIdOf, traceparentOf } from '../delivery/identity.ts'
import type { Installation, Source, WebhookRequest } from '../delivery/source.ts'
import { StoreUnavailable } from './ports.ts'
import { type RecordDependencies, type Recorded, record } from './record.ts'

/** Seconds after which a webhook may be delivered again when the store has failed. */
const RETRY_AFTER_SECONDS = 30

/** What it takes to receive what needs no proof of who has sent it. */
export interface TrustedDependencies extends RecordDependencies {
  readonly source: Source
  readonly installation: Installation
}

export interface ReceiveDependencies extends TrustedDependencies {
  readonly secrets: readonly string[]
  /** The setting that holds the secrets, for the sentence that says that there are none. */
  readonly secretSetting: string
}

/** One sentence a webhook for the log: no payload, no secret. */
export interface Report {
  readonly outcome: 'recorded' | 'ignored' | 'ping' | 'refused' | 'unavailable'
  readonly reason?: string
  readonly recorded?: Recorded
}

/** What is answered, as a status and a JSON body, and what is to be logged. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  readonly report: Report
}

/**
 * A webhook from its raw bytes to its answer: verified, then translated, then recorded. An export that fails is not the
 * sender's matter: what is in the table is answered 202.
 */
export const receive = async (request: WebhookRequest, dependencies: ReceiveDependencies): Promise<Answer> => {
  const { source, secrets, secretSetting } = dependencies
  if (request.body.byteLength > source.maxBodyBytes) return tooLarge(source.maxBodyBytes)
  if (secrets.length === 0) return refused(401, `nothing is accepted until ${secretSetting} is set`)
  const verification = source.verify(request, secrets)
  if (verification.kind === 'refused') return refused(401, verification.reason)
  return receiveTrusted(request, dependencies)
}

/**
 * The same without the verification. Only for what comes by a way that nobody else can use, such as a queue that IAM
 * lets one topic write to: whoever calls this answers for the sender.
 */
export const receiveTrusted = async (request: WebhookRequest, dependencies: TrustedDependencies): Promise<Answer> => {
  const translation = dependencies.source.translate(request, dependencies.installation)
  switch (translation.kind) {
    case 'malformed':
      return refused(400, translation.reason)
    case 'ping':
      return { status: 200, body: { outcome: 'ping' }, report: { outcome: 'ping' } }
    case 'ignored':
      return {
        status: 202,
        body: { outcome: 'ignored', reason: translation.reason },
        report: { outcome: 'ignored', reason: translation.reason },
      }
    case 'events':
      return translation.events.every(({ key }) => bytesOf(key) <= LIMITS.keyBytes)
        ? recordAnswer(translation.events, dependencies)
        : refused(400, `the address of what it is about is longer than ${LIMITS.keyBytes} bytes`)
  }
}

export const tooLarge = (maxBytes: number): Answer => refused(413, `the body is larger than ${maxBytes} bytes`)

export const unavailable = (reason: string): Answer => ({
  status: 503,
  headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
  body: { outcome: 'unavailable', reason },
  report: { outcome: 'unavailable', reason },
})

const refused = (status: number, reason: string): Answer => ({
  status,
  body: { outcome: 'refused', reason },
  report: { outcome: 'refused', reason },
})

const recordAnswer = async (events: readonly DeliveryEvent[], dependencies: RecordDependencies): Promise<Answer> => {
  try {
    const recorded = await record(events, dependencies)
    const activities = recorded.contexts.map((context, index) => activityOf(context, events[index]))
    return { status: 202, body: { outcome: 'recorded', activities }, report: { outcome: 'recorded', recorded } }
  } catch (error) {
    if (error instanceof StoreUnavailable) return unavailable('the store cannot be reached: deliver this webhook again')
    throw error
  }
}

/** The span that the event belongs to: of an end, the one that it ends. */
const activityOf = (context: Context, event: DeliveryEvent | undefined): Readonly<Record<string, unknown>> => {
  const { key, traceId, facts } = context
  const atMillis = event?.ended?.atMillis ?? event?.observedMillis ?? 0
  const spanId = spanIdOf(key, episodeAt(openingsOf(facts), atMillis))
  return { key, operation: facts.operation, traceId, spanId, traceparent: traceparentOf(traceId, spanId) }
}
