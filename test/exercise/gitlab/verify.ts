import { createHash, timingSafeEqual } from 'node:crypto'
import type { Verification, WebhookRequest } from '../../../lib/delivery/source.ts'

const HEADER = 'x-gitlab-token'

/**
 * Whether the webhook bears one of the tokens. Compared over digests, so that neither its length nor its beginning shows.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhooks/
 */
export const verify = ({ headers }: WebhookRequest, secrets: readonly string[]): Verification => {
  const given = headers[HEADER]
  if (given === undefined) return { kind: 'refused', reason: `the header ${HEADER} is missing: set the secret token` }
  const fits = secrets.map((secret) => timingSafeEqual(digest(given), digest(secret)))
  return fits.includes(true)
    ? { kind: 'verified' }
    : { kind: 'refused', reason: "the token does not fit: the webhook's and GITLAB_WEBHOOK_TOKEN differ" }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
