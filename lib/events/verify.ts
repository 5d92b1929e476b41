import { createHmac, timingSafeEqual } from 'node:crypto'
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

/** How far the sender's clock may be away, and how old what is delivered again. */
const TOLERANCE_SECONDS = 5 * 60

/**
 * Whether one of the secrets has signed the raw bytes, as Standard Webhooks has it: HMAC-SHA256 of `id.timestamp.body`,
 * compared in constant time, every secret tried. Not by the library of its authors: it computes SHA-256 in JavaScript, so
 * that whoever posts 6 MB, unsigned, had a tenth of a second of a processor for each secret; and it takes text, not bytes.
 * An id with a full stop is refused, since with one a body can be read as id and timestamp, and the rest of it as another body.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const verify = (request: WebhookRequest, secrets: readonly string[]): Verification => {
  const { headers } = request
  const missing = HEADERS.find((name) => !headers[name])
  if (missing !== undefined) return refused(`the header ${missing} is missing: sign as Standard Webhooks describes it`)
  if (headers['webhook-id']?.includes('.')) return refused('the header webhook-id must hold no full stop')
  const timestamp = headers['webhook-timestamp'] ?? ''
  if (!/^[0-9]{1,12}$/.test(timestamp)) return refused('the header webhook-timestamp is not a number of seconds')
  const isTimely = Math.abs(Math.floor(Date.now() / 1000) - Number(timestamp)) <= TOLERANCE_SECONDS
  const outcomes = secrets.map((secret) => outcomeOf(secret, request, isTimely))
  const first = (Object.keys(OUTCOMES) as Outcome[]).find((outcome) => outcomes.includes(outcome)) ?? 'differs'
  const reason = OUTCOMES[first]
  return reason === undefined ? { kind: 'verified' } : refused(reason)
}

const refused = (reason: string): Verification => ({ kind: 'refused', reason })

const outcomeOf = (secret: string, { headers, body }: WebhookRequest, isTimely: boolean): Outcome => {
  const key = keyOf(secret)
  if (key === undefined) return 'unusable'
  if (!isTimely) return 'mistimed'
  const [id, timestamp] = [headers['webhook-id'] ?? '', headers['webhook-timestamp'] ?? '']
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
  const fits = signaturesOf(headers['webhook-signature'] ?? '').map((given) => isSame(given, expected))
  return fits.includes(true) ? 'fits' : 'differs'
}

/** The bytes of `whsec_` and base64, or of base64 alone; undefined when it is none, or empty. */
const keyOf = (secret: string): Uint8Array | undefined => {
  const base64 = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret
  const isBase64 = base64.length > 0 && base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
  return isBase64 ? Buffer.from(base64, 'base64') : undefined
}

/** Several are separated by blanks, each with its version before a comma. */
const signaturesOf = (header: string): readonly string[] =>
  header.split(' ').flatMap((versioned) => (versioned.startsWith('v1,') ? versioned.slice('v1,'.length) : []))

const isSame = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}
