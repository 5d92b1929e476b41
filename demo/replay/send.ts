import { createHmac } from 'node:crypto'
import { z } from 'zod/mini'
import type { Webhook } from '../webhooks/webhook.ts'
import type { Post } from './post.ts'
import { redelivering } from './redelivering.ts'

export interface Receiver {
  readonly url: string
  readonly githubSecret: string
  readonly jenkinsToken: string
}

/** What the receiver answered: the keys of the activities that it recorded, or why it recorded none. */
export type Answer =
  | { readonly kind: 'recorded'; readonly keys: readonly string[] }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'failed'; readonly reason: string }

const Body = z.object({
  outcome: z.string(),
  activities: z.optional(z.array(z.object({ key: z.string() }))),
  reason: z.optional(z.string()),
})

/** Sends a webhook as its source does: GitHub signs the body, Jenkins knows nothing but an address. */
export const send = async (post: Post, receiver: Receiver, webhook: Webhook): Promise<Answer> => {
  const body = JSON.stringify(webhook.body())
  try {
    const { url, headers } = requestOf(receiver, webhook, body)
    const { status, text } = await redelivering(post)(url, headers, body)
    return answerOf(status, text)
  } catch (error) {
    return { kind: 'failed', reason: `was not answered: ${error instanceof Error ? error.message : String(error)}` }
  }
}

interface SignedRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

const requestOf = ({ url, githubSecret, jenkinsToken }: Receiver, { target }: Webhook, body: string): SignedRequest =>
  target.source === 'github'
    ? {
        url: `${url}/github`,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'GitHub-Hookshot/044aadd',
          'x-github-event': target.event,
          'x-github-delivery': target.deliveryId,
          'x-hub-signature-256': `sha256=${createHmac('sha256', githubSecret).update(body).digest('hex')}`,
        },
      }
    : {
        url: `${url}/jenkins?token=${encodeURIComponent(jenkinsToken)}`,
        headers: { 'content-type': 'application/json', 'user-agent': 'Java/17.0.9' },
      }

const answerOf = (status: number, text: string): Answer => {
  if (status !== 200 && status !== 202)
    return { kind: 'failed', reason: `was answered ${status}: ${text.slice(0, 300)}` }
  const body = parsed(text)
  if (!body) return { kind: 'failed', reason: `was answered ${status} with something else than an outcome` }
  const { outcome, activities } = body
  return outcome === 'recorded'
    ? { kind: 'recorded', keys: (activities ?? []).map(({ key }) => key) }
    : { kind: 'ignored' }
}

const parsed = (text: string): z.infer<typeof Body> | undefined => {
  try {
    return Body.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
