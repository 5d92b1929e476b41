import { createHmac } from 'node:crypto'
import examples from '@octokit/webhooks-examples'

/** Recorded deliveries of GitHub, by event; see the package for where they come from. */
export const recorded: readonly { readonly name: string; readonly examples: readonly object[] }[] = examples

interface Example {
  readonly action: string
  readonly [field: string]: unknown
}

const example = (event: string, action: string): Example => {
  const found = recorded
    .find(({ name }) => name === event)
    ?.examples.find((payload): payload is Example => 'action' in payload && payload.action === action)
  if (found === undefined) throw new Error(`no recorded ${event} ${action}`)
  return structuredClone(found)
}

/** A recorded `issues` delivery of Codertocat/Hello-World with some of the issue's fields as given. */
export const issuesPayload = (action: string, issue: object): Example => {
  const payload = example('issues', 'opened')
  return { ...payload, action, issue: { ...(payload.issue as object), ...issue } }
}

/** A recorded `pull_request` delivery of Codertocat/Hello-World with some of the pull request's fields as given. */
export const pullRequestPayload = (action: string, pullRequest: object, more: object = {}): Example => {
  const payload = example('pull_request', 'opened')
  return { ...payload, action, pull_request: { ...(payload.pull_request as object), ...pullRequest }, ...more }
}

export const sign = (body: string | Uint8Array, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
