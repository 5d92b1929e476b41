import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import { refusal } from '../../../local/refusal.ts'
import type { HistoryWebhook } from '../../history/webhook.ts'
import type { Received, Receiver } from '../receiver.ts'

export interface WebhookTarget {
  /** Without a slash at its end. */
  readonly url: string
  readonly githubSecret: string
  readonly jenkinsToken: string
}

const AT_ONCE = 8
const TRIES = 4
const TIMEOUT_MILLIS = 30_000

const answer = z.object({ outcome: z.string(), reason: z.optional(z.string()) })

/** Posts a history as signed webhooks to what listens at an address, such as the local stack while it runs. */
export const webhookReceiver = (target: WebhookTarget): Receiver => ({
  name: `ValueStream at ${target.url}`,
  atOnce: AT_ONCE,
  close: () => Promise.resolve(),
  receive: async (told) => {
    let recorded = 0
    const ignored: string[] = []
    for (const webhook of told) {
      const { outcome, reason } = await post(webhook, target)
      if (outcome === 'recorded') recorded += 1
      else ignored.push(reason ?? outcome)
    }
    return { recorded, ignored } satisfies Received
  },
})

/** Busy and unreachable are tried again; what is malformed is not. */
const post = async (webhook: HistoryWebhook, target: WebhookTarget): Promise<z.infer<typeof answer>> => {
  for (let attempt = 1; ; attempt += 1) {
    const response = await postOnce(webhook, target)
    if (response?.status === 401) throw refusal(`${target.url} does not accept the secret: ${SECRETS}`)
    const { data } = z.safeParse(answer, response?.body)
    if (data !== undefined && (response?.status === 202 || response?.status === 400)) return data
    if (attempt >= TRIES) {
      const said = response === undefined ? 'does not answer' : `answered ${response.status}`
      throw refusal(`${target.url} ${said}: start it, then run the same command again: it goes on where it was.`)
    }
    await sleep(250 * 2 ** attempt)
  }
}

const SECRETS =
  'set GITHUB_WEBHOOK_SECRET and JENKINS_WEBHOOK_TOKEN to what it was started with, or VALUESTREAM_HOME to its folder.'

const postOnce = async (
  { source, event, payload }: HistoryWebhook,
  { url, githubSecret, jenkinsToken }: WebhookTarget,
): Promise<{ readonly status: number; readonly body: unknown } | undefined> => {
  const body = JSON.stringify(payload)
  const headers =
    source === 'github'
      ? {
          'x-github-event': event ?? '',
          'x-github-delivery': randomUUID(),
          'x-hub-signature-256': `sha256=${createHmac('sha256', githubSecret).update(body).digest('hex')}`,
        }
      : { authorization: `Bearer ${jenkinsToken}` }
  try {
    const response = await fetch(`${url}/${source}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    })
    return { status: response.status, body: await response.json().catch(() => undefined) }
  } catch {
    return undefined
  }
}
