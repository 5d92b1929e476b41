import { idOf } from '../history/hash.ts'
import { githubTime } from '../history/time.ts'
import { githubRepository, githubSurroundings, type RepositoryFacts } from './github-repository.ts'
import { githubUser } from './github-user.ts'
import { addresses, type JsonObject } from './json.ts'

interface Account {
  readonly login: string
  readonly id: number
}

/** A pull request within one repository as it stands when the event is sent. */
export interface PullRequestFacts {
  readonly repository: RepositoryFacts
  /** The fork that the head lies in; absent where it lies in the repository itself. */
  readonly headRepository?: RepositoryFacts
  readonly number: number
  readonly title: string
  readonly body: string
  readonly author: Account
  readonly branch: string
  /** The branch that it is to be merged into; absent means `main`. */
  readonly baseBranch?: string
  readonly isDraft?: boolean
  readonly headSha: string
  readonly baseSha: string
  readonly commits: number
  readonly createdMillis: number
  readonly updatedMillis: number
  readonly closedMillis?: number
  readonly merge?: { readonly sha: string; readonly by: Account }
}

export type PullRequestAction =
  | 'opened'
  | 'synchronize'
  | 'closed'
  | 'reopened'
  | 'edited'
  | 'review_requested'
  | 'converted_to_draft'
  | 'ready_for_review'

/** The body of a `pull_request` event; `more` is what only its action has, such as `before` and `after`. */
export const pullRequestEvent = (
  action: PullRequestAction,
  facts: PullRequestFacts,
  sender: Account,
  more: JsonObject = {},
): JsonObject => ({
  action,
  number: facts.number,
  pull_request: githubPullRequest(facts),
  ...more,
  ...githubSurroundings(facts.repository, sender),
})

export const githubPullRequest = (facts: PullRequestFacts): JsonObject => {
  const { repository, number, title, body, author } = facts
  const api = `https://api.github.com/repos/${repository.owner}/${repository.name}`
  const page = `https://github.com/${repository.owner}/${repository.name}/pull/${number}`
  const id = idOf(api, 'pull request', number)
  const closedAt = facts.closedMillis === undefined ? null : githubTime(facts.closedMillis)
  return {
    id,
    node_id: `PR_${Buffer.from(String(id)).toString('base64url')}`,
    number,
    title,
    body,
    user: githubUser(author),
    html_url: page,
    ...addresses(page, { diff_url: '.diff', patch_url: '.patch' }),
    ...addresses(`${api}/pulls/${number}`, { url: '', commits_url: '/commits', review_comments_url: '/comments' }),
    ...addresses(`${api}/issues/${number}`, { issue_url: '', comments_url: '/comments' }),
    statuses_url: `${api}/statuses/${facts.headSha}`,
    state: closedAt === null ? 'open' : 'closed',
    locked: false,
    created_at: githubTime(facts.createdMillis),
    updated_at: githubTime(facts.updatedMillis),
    closed_at: closedAt,
    merged_at: facts.merge ? closedAt : null,
    // Before the merge, and where there is none, GitHub shows the commit of its own trial merge.
    merge_commit_sha: facts.merge?.sha ?? facts.baseSha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: facts.isDraft ?? false,
    head: end(facts.headRepository ?? facts.repository, facts.branch, facts.headSha),
    base: end(facts.repository, facts.baseBranch ?? 'main', facts.baseSha),
    author_association: 'MEMBER',
    auto_merge: null,
    active_lock_reason: null,
    ...sizeOf(facts, id),
    merged: facts.merge !== undefined,
    mergeable: closedAt === null ? true : null,
    mergeable_state: closedAt === null ? 'clean' : 'unknown',
    merged_by: facts.merge ? githubUser(facts.merge.by) : null,
    maintainer_can_modify: false,
  }
}

const end = (repository: RepositoryFacts, ref: string, sha: string): JsonObject => ({
  label: `${repository.owner}:${ref}`,
  ref,
  sha,
  user: githubUser({ login: repository.owner, id: repository.ownerId }, 'Organization'),
  repo: githubRepository(repository),
})

const sizeOf = ({ commits }: PullRequestFacts, id: number): JsonObject => ({
  commits,
  additions: commits * (5 + (id % 120)),
  deletions: id % 60,
  changed_files: 1 + (id % 9),
  comments: id % 4,
  review_comments: id % 6,
})
