/** The events that a webhook of GitHub has to send, with their names on GitHub's page: all that ValueStream reads. */
export const WEBHOOK_EVENTS = {
  issues: 'Issues',
  sub_issues: 'Sub issues',
  pull_request: 'Pull requests',
  pull_request_review: 'Pull request reviews',
  push: 'Pushes',
  status: 'Statuses',
  workflow_run: 'Workflow runs',
  deployment: 'Deployments',
  deployment_status: 'Deployment statuses',
  repository: 'Repositories',
} as const

export const WEBHOOK_EVENT_NAMES: readonly string[] = Object.keys(WEBHOOK_EVENTS)
