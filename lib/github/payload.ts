import * as z from 'zod/mini'

const text = z.nullish(z.string())
const int = z.nullish(z.number())
const flag = z.nullish(z.boolean())
const user = z.nullish(z.object({ login: text, id: int, html_url: text }))
const label = z.object({ name: text })

const repository = z.object({
  id: int,
  name: z.string(),
  full_name: text,
  html_url: z.string(),
  private: flag,
  owner: z.object({ login: z.string() }),
})
const end = z.object({
  label: text,
  ref: z.string(),
  sha: z.string(),
  repo: z.nullish(repository),
})

/** The fields that `issues` events are read by; GitHub leaves out or nulls any of the optional ones in some action. */
export const issuesPayload = z.object({
  action: z.string(),
  repository,
  issue: z.object({
    number: z.int(),
    title: text,
    body: text,
    state: text,
    state_reason: text,
    created_at: z.string(),
    updated_at: text,
    closed_at: text,
    comments: int,
    labels: z.nullish(z.array(label)),
    assignees: z.nullish(z.array(z.object({ login: text }))),
    milestone: z.nullish(z.object({ title: text })),
    type: z.nullish(z.object({ name: text })),
    user,
    html_url: text,
    pull_request: z.nullish(z.looseObject({})),
  }),
})
export type IssuesPayload = z.infer<typeof issuesPayload>

/** The fields that `pull_request` events are read by. */
export const pullRequestPayload = z.object({
  action: z.string(),
  before: text,
  repository,
  pull_request: z.object({
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
    labels: z.nullish(z.array(label)),
    user,
    html_url: text,
  }),
})
export type PullRequestPayload = z.infer<typeof pullRequestPayload>
export type RepositoryPayload = z.infer<typeof repository>
