import { createHash, timingSafeEqual } from 'node:crypto'
import type { Verification, WebhookRequest } from '../delivery/source.ts'

/**
 * Whether the webhook bears one of the tokens. The plugins can send nothing but an address, so the token stands in its
 * query (`?token=…`), its path (`/jenkins/…`) or its user info, which arrives as Basic credentials; a pipeline step may
 * send it as Bearer. Compared in constant time over digests, so that not even a token's length shows.
 */
export const verify = (request: WebhookRequest, secrets: readonly string[]): Verification => {
  const given = tokensOf(request)
  if (given.length === 0) {
    return { kind: 'refused', reason: 'no token: add ?token=… to the URL that Jenkins posts to, or Basic credentials' }
  }
  const fits = given.flatMap((token) => secrets.map((secret) => timingSafeEqual(digest(token), digest(secret))))
  return fits.includes(true)
    ? { kind: 'verified' }
    : { kind: 'refused', reason: 'the token does not fit: the one in the URL and JENKINS_WEBHOOK_TOKEN differ' }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const tokensOf = ({ headers, query, pathParameters }: WebhookRequest): readonly string[] =>
  [query.token, pathParameters.token, credentialsOf(headers.authorization)].filter((token) => token !== undefined)

/** The password of Basic credentials, whoever the user is, or a Bearer token. */
const credentialsOf = (authorization: string | undefined): string | undefined => {
  const [scheme, value] = authorization?.split(' ', 2) ?? []
  if (value === undefined) return undefined
  if (scheme?.toLowerCase() === 'bearer') return value
  if (scheme?.toLowerCase() !== 'basic') return undefined
  const pair = Buffer.from(value, 'base64').toString('utf8')
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : undefined
}
