import { idOf } from '../history/hash.ts'
import { githubTime } from '../history/time.ts'
import { githubLabel } from './github-label.ts'
import { githubSurroundings, type RepositoryFacts } from './github-repository.ts'
import { githubUser } from './github-user.ts'
import { addresses, type JsonObject } from './json.ts'

interface Account {
  readonly login: string
  readonly id: number
}

/** An issue as it stands when the event is sent. */
export interface IssueFacts {
  readonly repository: RepositoryFacts
  readonly number: number
  readonly title: string
  readonly body: string
  readonly author: Account
  readonly assignee?: Account
  readonly labels: readonly string[]
  readonly comments: number
  readonly createdMillis: number
  readonly updatedMillis: number
  readonly closedMillis?: number
  readonly stateReason?: 'completed' | 'not_planned' | 'reopened'
}

/** The body of an `issues` event; `more` is what only its action has, such as the label. */
export const issuesEvent = (
  action: 'opened' | 'labeled' | 'closed' | 'reopened',
  facts: IssueFacts,
  sender: Account,
  more: JsonObject = {},
): JsonObject => ({
  action,
  issue: githubIssue(facts),
  ...more,
  ...githubSurroundings(facts.repository, sender),
})

const githubIssue = (facts: IssueFacts): JsonObject => {
  const { repository, number, title, body, author, assignee, labels, comments } = facts
  const api = `https://api.github.com/repos/${repository.owner}/${repository.name}`
  const id = idOf(api, 'issue', number)
  return {
    ...addresses(`${api}/issues/${number}`, {
      url: '',
      labels_url: '/labels{/name}',
      comments_url: '/comments',
      events_url: '/events',
      timeline_url: '/timeline',
    }),
    repository_url: api,
    html_url: `https://github.com/${repository.owner}/${repository.name}/issues/${number}`,
    id,
    node_id: `I_${Buffer.from(String(id)).toString('base64url')}`,
    number,
    title,
    user: githubUser(author),
    labels: labels.map((label) => githubLabel(api, label)),
    state: facts.closedMillis === undefined ? 'open' : 'closed',
    locked: false,
    assignee: assignee ? githubUser(assignee) : null,
    assignees: assignee ? [githubUser(assignee)] : [],
    milestone: null,
    comments,
    created_at: githubTime(facts.createdMillis),
    updated_at: githubTime(facts.updatedMillis),
    closed_at: facts.closedMillis === undefined ? null : githubTime(facts.closedMillis),
    author_association: 'MEMBER',
    active_lock_reason: null,
    type: null,
    body,
    reactions: { url: `${api}/issues/${number}/reactions`, total_count: 0 },
    performed_via_github_app: null,
    state_reason: facts.stateReason ?? null,
  }
}
