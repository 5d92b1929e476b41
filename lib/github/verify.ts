import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Verification, WebhookRequest } from '../delivery/source.ts'

const HEADER = 'x-hub-signature-256'

/**
 * Whether one of the secrets has signed the raw bytes: `X-Hub-Signature-256: sha256=<hex HMAC-SHA256>`, compared in
 * constant time, every secret tried so that the time tells nothing of which one fits.
 *
 * @see https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
 */
export const verify = (request: WebhookRequest, secrets: readonly string[]): Verification => {
  const header = request.headers[HEADER]
  if (header === undefined)
    return { kind: 'refused', reason: `the header ${HEADER} is missing: set the webhook's secret` }
  const signature = /^sha256=([0-9a-f]{64})$/i.exec(header)?.[1]
  if (signature === undefined)
    return { kind: 'refused', reason: `the header ${HEADER} is not sha256= and 64 hex digits` }
  const given = Buffer.from(signature, 'hex')
  const fits = secrets.map((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(request.body).digest(), given),
  )
  return fits.includes(true)
    ? { kind: 'verified' }
    : { kind: 'refused', reason: "the signature does not fit: the webhook's secret and GITHUB_WEBHOOK_SECRET differ" }
}
