import { createHmac } from 'node:crypto'
import examples from '@octokit/webhooks-examples'

/** Recorded deliveries of GitHub, by event; see the package for where they come from. */
export const recorded: readonly { readonly name: string; readonly examples: readonly object[] }[] = examples

interface Example {
  readonly [field: string]: unknown
}

/** The first recorded delivery of an event, of those that have the fields as given. */
const example = (event: string, having: Example): Example => {
  const found = recorded
    .find(({ name }) => name === event)
    ?.examples.find((payload): payload is Example =>
      Object.entries(having).every(([field, value]) => (payload as Example)[field] === value),
    )
  if (found === undefined) throw new Error(`no recorded ${event} ${JSON.stringify(having)}`)
  return structuredClone(found)
}

/** The object in a field of a payload with some of its own fields as given. */
const changed = (payload: Example, field: string, fields: object): Example => ({
  [field]: { ...(payload[field] as object), ...fields },
})

/** A recorded `issues` delivery of Codertocat/Hello-World with some of the issue's fields as given. */
export const issuesPayload = (action: string, issue: object, more: object = {}): Example => {
  const payload = example('issues', { action: 'opened' })
  return { ...payload, action, ...changed(payload, 'issue', issue), ...more }
}

/**
 * A `sub_issues` delivery. None is recorded: this is built of a recorded issue, by GitHub's description of the event
 * (https://docs.github.com/webhooks/webhook-events-and-payloads#sub_issues, OpenAPI `webhook-sub-issues-*`). Which of
 * `parent_issue_repo` and `sub_issue_repo` it has depends on the action, so they are left to `more`.
 */
export const subIssuesPayload = (
  action: string,
  issues: { sub?: object; parent?: object },
  more: object = {},
): Example => {
  const { issue, repository, sender } = example('issues', { action: 'opened' }) as { [field: string]: object }
  return {
    action,
    parent_issue_id: 444500040,
    parent_issue: { ...issue, id: 444500040, number: 7, title: 'Proofread everything', ...issues.parent },
    sub_issue_id: 444500041,
    sub_issue: { ...issue, ...issues.sub },
    repository,
    sender,
    ...more,
  }
}

/** A recorded `pull_request` delivery of Codertocat/Hello-World with some of the pull request's fields as given. */
export const pullRequestPayload = (action: string, pullRequest: object, more: object = {}): Example => {
  const payload = example('pull_request', { action: 'opened' })
  return { ...payload, action, ...changed(payload, 'pull_request', pullRequest), ...more }
}

/** A recorded `pull_request_review` delivery; the pull request in it is the smaller one that reviews have. */
export const reviewPayload = (action: string, review: object, pullRequest: object = {}): Example => {
  const payload = example('pull_request_review', { action: 'submitted' })
  return { ...payload, action, ...changed(payload, 'review', review), ...changed(payload, 'pull_request', pullRequest) }
}

/** A recorded `status` delivery with some fields as given. */
export const statusPayload = (fields: object): Example => ({ ...example('status', { state: 'success' }), ...fields })

/** A recorded `workflow_run` delivery of octo-org/octo-repo with some of the run's fields as given. */
export const workflowRunPayload = (action: string, run: object, more: object = {}): Example => {
  const payload = example('workflow_run', { action: 'requested' })
  return { ...payload, action, ...changed(payload, 'workflow_run', run), ...more }
}

/** A recorded `deployment` delivery with some of the deployment's fields as given. */
export const deploymentPayload = (deployment: object, more: object = {}): Example => {
  const payload = example('deployment', { action: 'created' })
  return { ...payload, ...changed(payload, 'deployment', deployment), ...more }
}

/** A recorded `deployment_status` delivery with some of the status's fields as given. */
export const deploymentStatusPayload = (status: object, more: object = {}): Example => {
  const payload = example('deployment_status', { action: 'created' })
  return { ...payload, ...changed(payload, 'deployment_status', status), ...more }
}

/** A recorded `push` delivery to `master`, which is the default branch, with some fields as given. */
export const pushPayload = (fields: object): Example => ({
  ...example('push', { ref: 'refs/heads/master' }),
  ...fields,
})

/** A recorded `repository` delivery of Octocoders/Hello-World with some of the repository's fields as given. */
export const repositoryPayload = (action: string, changes: object, repository: object = {}): Example => {
  const payload = example('repository', { action: 'renamed' })
  return { ...payload, action, changes, ...changed(payload, 'repository', repository) }
}

export const sign = (body: string | Uint8Array, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
