import { createHmac } from 'node:crypto'
import examples from '@octokit/webhooks-examples'
import * as z from 'zod/mini'

const issueExample = z.looseObject({ action: z.literal('opened'), issue: z.looseObject({}) })

/** Signed API Gateway events of distinct issues, each opened or each closed. */
export const issueEvents = (kind: 'start' | 'finish', count: number, secret: string): readonly object[] => {
  const recorded = examples.find(({ name }) => name === 'issues')?.examples ?? []
  const payload = recorded.map((example) => issueExample.safeParse(example)).find(({ success }) => success)?.data
  if (payload === undefined) throw new Error('no recorded opening of an issue')
  const closed = { state: 'closed', closed_at: '2019-05-16T10:00:00Z', updated_at: '2019-05-16T10:00:00Z' }
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1
    const page = { number, html_url: `https://github.com/Codertocat/Hello-World/issues/${number}` }
    const finish = kind === 'finish' ? closed : {}
    const body = JSON.stringify({
      ...payload,
      action: kind === 'finish' ? 'closed' : 'opened',
      issue: { ...payload.issue, ...page, ...finish },
    })
    return {
      version: '2.0',
      routeKey: 'POST /github',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'issues',
        'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
      },
      body,
      isBase64Encoded: false,
    }
  })
}
