import { idOf } from '../../demo/history/hash.ts'
import { githubTime } from '../../demo/history/time.ts'
import { githubPullRequest, type PullRequestFacts } from '../../demo/payloads/github-pull-request.ts'
import { githubSurroundings } from '../../demo/payloads/github-repository.ts'
import { githubUser } from '../../demo/payloads/github-user.ts'
import type { JsonObject } from '../../demo/payloads/json.ts'
import type { Person } from '../world/model.ts'

export interface Review {
  readonly by: Person
  readonly state: 'approved' | 'changes_requested' | 'commented'
  readonly atMillis: number
}

/** What the pull request in a review lacks: whether it is merged, by whom, and every count. */
const LACKING = new Set([
  'merged',
  'mergeable',
  'mergeable_state',
  'merged_by',
  'comments',
  'review_comments',
  'maintainer_can_modify',
  'commits',
  'additions',
  'deletions',
  'changed_files',
])

/** The body of a `pull_request_review` event. */
export const reviewEvent = (facts: PullRequestFacts, { by, state, atMillis }: Review): JsonObject => ({
  action: 'submitted',
  review: {
    id: idOf(facts.repository.id, facts.number, atMillis, by.login),
    user: githubUser(by),
    body: null,
    commit_id: facts.headSha,
    submitted_at: githubTime(atMillis),
    state,
    author_association: 'MEMBER',
  },
  pull_request: Object.fromEntries(Object.entries(githubPullRequest(facts)).filter(([name]) => !LACKING.has(name))),
  ...githubSurroundings(facts.repository, by),
})
