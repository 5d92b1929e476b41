import { joinActivity, type Reference } from '../delivery/reference.ts'
import type { Translation } from '../delivery/source.ts'
import { issueEvent } from './issue.ts'
import type { SubIssuesPayload } from './payload.ts'
import { events, ignored } from './translation.ts'

/** Each change is told twice, once from either side. */
const ADDED = new Set(['sub_issue_added', 'parent_issue_added'])
const REMOVED = new Set(['sub_issue_removed', 'parent_issue_removed'])

/**
 * A `sub_issues` event bears both issues whole: the sub-issue, which gets or loses its parent, and the parent. GitHub
 * names the repository of the other side in a field of its own; that of the side that is told is `repository`.
 *
 * @throws MalformedField when a time is none
 * @see https://docs.github.com/webhooks/webhook-events-and-payloads#sub_issues
 */
export const subIssues = (payload: SubIssuesPayload): Translation => {
  const { action, repository, parent_issue, parent_issue_repo, sub_issue, sub_issue_repo } = payload
  if (!ADDED.has(action) && !REMOVED.has(action)) return ignored('the action tells of no parent that came or went')
  const update = { action: 'edited' }
  const parent = issueEvent({ ...update, issue: parent_issue, repository: parent_issue_repo ?? repository })
  const sub = issueEvent({ ...update, issue: sub_issue, repository: sub_issue_repo ?? repository })
  const above: readonly Reference[] = ADDED.has(action) ? [joinActivity(parent.key)] : []
  return events(
    {
      ...sub,
      observedMillis: Math.max(sub.observedMillis, parent.observedMillis),
      references: { ...sub.references, parent_issue: above },
    },
    parent,
  )
}
