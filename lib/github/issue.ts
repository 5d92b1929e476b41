import { issueKey } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent, Ending, References } from '../delivery/event.ts'
import { awaitActivity, joinActivity } from '../delivery/reference.ts'
import type { Result } from '../delivery/result.ts'
import { namesOf, repositoryAttributes, repositoryOf, stageOf, timesOf, userAttributes } from './common.ts'
import { issueAt } from './issue-address.ts'
import type { IssuesPayload } from './payload.ts'

/** What became of an issue, by GitHub's `state_reason` (null before 2022) and by the actions that take it away. */
const RESULT_OF_REASON: ReadonlyMap<string, Result> = new Map([
  ['completed', 'success'],
  ['not_planned', 'cancellation'],
  ['duplicate', 'skip'],
  ['transferred', 'skip'],
  ['deleted', 'cancellation'],
])

/** Actions after which there is no such issue in this repository any more. */
const LEAVES = new Set(['transferred', 'deleted'])

/**
 * Every `issues` event bears the whole issue, so each tells its opening and, while it is closed, its end: a close that
 * was lost on the way is healed by the next label.
 *
 * @throws MalformedField when a time is none
 */
export const issueEvent = (payload: IssuesPayload): DeliveryEvent => {
  const { action, issue, repository } = payload
  const { createdMillis, updatedMillis, closedMillis } = timesOf('issue', issue)
  const closed = issue.state === 'closed' || action === 'closed'
  const reason = closed || !LEAVES.has(action) ? (issue.state_reason ?? undefined) : action
  const ended: Ending | undefined =
    closed || LEAVES.has(action)
      ? {
          atMillis: closedMillis ?? updatedMillis,
          certainty: 'reported',
          result: RESULT_OF_REASON.get(reason ?? '') ?? 'success',
        }
      : undefined
  return {
    key: issueKey(repositoryOf(repository), issue.number),
    operation: 'issue',
    stage: stageOf(action, ended !== undefined),
    observedMillis: updatedMillis,
    opened: { atMillis: createdMillis, certainty: 'reported' },
    ...(action === 'reopened' ? { reopenedMillis: updatedMillis } : {}),
    ...(ended === undefined ? {} : { ended }),
    attributes: issueAttributes({ issue, repository }, ended === undefined ? undefined : reason),
    references: { ...parentOf(payload), ...originOf(payload) },
    names: [],
  }
}

/** The issue that this one is a sub-issue of; null says that it is none, and an absent field says nothing. */
const parentOf = ({ issue: { parent_issue_url }, repository }: IssuesPayload): References => {
  if (parent_issue_url === null) return { parent_issue: [] }
  const parent = parent_issue_url === undefined ? undefined : issueAt(parent_issue_url, repositoryOf(repository))
  return parent === undefined ? {} : { parent_issue: [joinActivity(parent)] }
}

/** A transferred issue is opened anew where it comes to, with what it was before under `changes`. */
const originOf = ({ changes }: IssuesPayload): References =>
  changes?.old_issue == null || changes.old_repository == null
    ? {}
    : { transferred_from: [awaitActivity(issueKey(repositoryOf(changes.old_repository), changes.old_issue.number))] }

const issueAttributes = (
  { issue, repository }: Pick<IssuesPayload, 'issue' | 'repository'>,
  reason: string | undefined,
): Attributes => ({
  ...repositoryAttributes(repository),
  ...userAttributes(issue.user),
  ...known({
    'issue.number': issue.number,
    'issue.url': issue.html_url,
    'issue.title': issue.title,
    'issue.comments_count': issue.comments,
    'issue.project.name': repository.name,
    'issue.state_reason': reason,
    'issue.labels': namesOf(issue.labels),
    'issue.type': issue.type?.name,
    'issue.milestone': issue.milestone?.title,
    'issue.assignees': issue.assignees?.flatMap(({ login }) => login ?? []).sort(),
  }),
})
