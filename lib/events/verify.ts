import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import type { Verification, WebhookRequest } from '../delivery/source.ts'

const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/** What came of one secret, of several the one to tell first. */
const OUTCOMES = {
  fits: undefined,
  mistimed:
    "the header webhook-timestamp is more than five minutes away: set the sender's clock, sign each attempt anew",
  unusable: 'a secret in EVENTS_WEBHOOK_SECRET is not whsec_ and base64 after it: make it of 32 random bytes',
  differs:
    "no signature fits: the sender's secret and EVENTS_WEBHOOK_SECRET differ, or the body was changed on its way",
} as const
type Outcome = keyof typeof OUTCOMES

/**
 * Whether one of the secrets has signed the raw bytes, as Standard Webhooks has it: HMAC-SHA256 of `id.timestamp.body`,
 * compared in constant time, every secret tried. The library takes text, so the bytes must be exactly what it will make
 * of the text again: anything but UTF-8 is refused. An id with a full stop is refused as well, since with one a body can
 * be read as id and timestamp, and the rest of it as another body.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const verify = ({ headers, body }: WebhookRequest, secrets: readonly string[]): Verification => {
  const missing = HEADERS.find((name) => !headers[name])
  if (missing !== undefined) return refused(`the header ${missing} is missing: sign as Standard Webhooks describes it`)
  if (headers['webhook-id']?.includes('.')) return refused('the header webhook-id must hold no full stop')
  if (!/^[0-9]{1,12}$/.test(headers['webhook-timestamp'] ?? '')) {
    return refused('the header webhook-timestamp is not a number of seconds')
  }
  const text = utf8(body)
  if (text === undefined) return refused('the body is not UTF-8')
  const signed = Object.fromEntries(HEADERS.map((name) => [name, headers[name] ?? '']))
  const outcomes = secrets.map((secret) => outcomeOf(secret, text, signed))
  const first = (Object.keys(OUTCOMES) as Outcome[]).find((outcome) => outcomes.includes(outcome)) ?? 'differs'
  const reason = OUTCOMES[first]
  return reason === undefined ? { kind: 'verified' } : refused(reason)
}

const refused = (reason: string): Verification => ({ kind: 'refused', reason })

/** A byte order mark stays, since it is signed like every other byte. */
const utf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const outcomeOf = (secret: string, text: string, headers: Record<string, string>): Outcome => {
  const webhook = webhookOf(secret)
  if (webhook === undefined) return 'unusable'
  try {
    // The library would parse the body too, and throw a message that quotes it.
    webhook.verify(text, headers, { jsonParse: false })
    return 'fits'
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error
    return error.message.startsWith('Message timestamp') ? 'mistimed' : 'differs'
  }
}

const webhookOf = (secret: string): Webhook | undefined => {
  try {
    return new Webhook(secret)
  } catch {
    return undefined
  }
}
