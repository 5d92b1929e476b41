import * as z from 'zod/mini'
import { isShort } from '../delivery/json.ts'

/*
 * An event needs one of the schemas below, and what is built of each takes memory and time at every start: so most are lazy.
 */

export const text = z.nullish(z.string())
export const int = z.nullish(z.int())
export const flag = z.nullish(z.boolean())
/** An ISO string, or epoch seconds as in the repository of a `push`. */
const time = z.nullish(z.union([z.string(), z.number()]))
export const user = z.nullish(z.object({ login: text, id: int, html_url: text }))
/** A list is looked at only where it is as short as those of GitHub's. */
export const listOf = <T extends z.core.$ZodType>(item: T) => {
  const list = z.array(item)
  return z.nullish(z.pipe(z.custom<z.input<typeof list>>(isShort), list))
}
const labels = z.lazy(() => listOf(z.object({ name: text })))

export const repository = z.object({
  id: int,
  name: z.string(),
  full_name: text,
  html_url: z.string(),
  private: flag,
  owner: z.object({ login: z.string() }),
  default_branch: text,
  updated_at: time,
  pushed_at: time,
})
export type RepositoryPayload = z.infer<typeof repository>

const issue = z.lazy(() =>
  z.object({
    number: z.int(),
    title: text,
    body: text,
    state: text,
    state_reason: text,
    created_at: z.string(),
    updated_at: text,
    closed_at: text,
    comments: int,
    labels,
    assignees: listOf(z.object({ login: text })),
    milestone: z.nullish(z.object({ title: text })),
    type: z.nullish(z.object({ name: text })),
    user,
    html_url: text,
    /** The parent's address in the REST API; null where there is none, absent where GitHub does not say. */
    parent_issue_url: text,
    pull_request: z.nullish(z.looseObject({})),
  }),
)

/** The fields that `issues` events are read by; GitHub leaves out or nulls any of the optional ones in some action. */
export const issuesPayload = z.lazy(() =>
  z.object({
    action: z.string(),
    repository,
    issue,
    changes: z.nullish(
      z.object({
        old_issue: z.nullish(z.object({ number: z.int() })),
        old_repository: z.nullish(repository),
      }),
    ),
  }),
)
export type IssuesPayload = z.infer<typeof issuesPayload>

/** The fields that `sub_issues` events are read by; which of the two repositories is named depends on the action. */
export const subIssuesPayload = z.lazy(() =>
  z.object({
    action: z.string(),
    repository,
    parent_issue: issue,
    parent_issue_repo: z.nullish(repository),
    sub_issue: issue,
    sub_issue_repo: z.nullish(repository),
  }),
)
export type SubIssuesPayload = z.infer<typeof subIssuesPayload>

const end = z.lazy(() =>
  z.object({
    label: text,
    ref: z.string(),
    sha: z.string(),
    repo: z.nullish(repository),
  }),
)
const pullRequest = z.lazy(() =>
  z.object({
    number: z.int(),
    title: text,
    body: text,
    state: text,
    draft: flag,
    merged: flag,
    merged_at: text,
    merged_by: user,
    merge_commit_sha: text,
    created_at: z.string(),
    updated_at: text,
    closed_at: text,
    head: end,
    base: end,
    commits: int,
    additions: int,
    deletions: int,
    changed_files: int,
    comments: int,
    review_comments: int,
    labels,
    user,
    html_url: text,
  }),
)

/** The fields that `pull_request` events are read by. */
export const pullRequestPayload = z.lazy(() =>
  z.object({
    action: z.string(),
    before: text,
    after: text,
    repository,
    pull_request: pullRequest,
    requested_reviewer: z.nullish(z.object({ login: text })),
    requested_team: z.nullish(z.object({ name: text })),
  }),
)
export type PullRequestPayload = z.infer<typeof pullRequestPayload>

/** The fields that `pull_request_review` events are read by; the pull request in them lacks `merged` and all counts. */
export const reviewPayload = z.lazy(() =>
  z.object({
    action: z.string(),
    repository,
    pull_request: pullRequest,
    review: z.object({ state: text, submitted_at: text, user }),
  }),
)
export type ReviewPayload = z.infer<typeof reviewPayload>

const commit = z.lazy(() => z.object({ message: text, timestamp: text, distinct: flag }))

/** The fields that `push` events are read by. */
export const pushPayload = z.lazy(() =>
  z.object({
    ref: z.string(),
    after: z.string(),
    deleted: flag,
    repository,
    head_commit: z.nullish(commit),
    commits: listOf(commit),
  }),
)
export type PushPayload = z.infer<typeof pushPayload>

/** The fields that `repository` events are read by. */
export const repositoryPayload = z.lazy(() =>
  z.object({
    action: z.string(),
    repository,
    changes: z.nullish(
      z.object({
        repository: z.nullish(z.object({ name: z.nullish(z.object({ from: text })) })),
        owner: z.nullish(z.object({ from: z.nullish(z.object({ user, organization: user })) })),
      }),
    ),
  }),
)
export type RepositoryEventPayload = z.infer<typeof repositoryPayload>
