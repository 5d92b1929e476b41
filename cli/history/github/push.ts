import * as z from 'zod/mini'
import { githubWebhook, type JsonObject, type Told } from '../webhook.ts'

/** A push to a branch, as GitHub's list of a repository's activities tells it. */
export const branchPush = z.object({
  branch: z.string(),
  before: z.string(),
  after: z.string(),
  at: z.string(),
  /** Merged by GitHub: all that it brings but its own commit was in the repository before. */
  isMerge: z.boolean(),
})
export type BranchPush = z.infer<typeof branchPush>

const activity = z.object({
  activity_type: z.string(),
  ref: z.string(),
  before: z.string(),
  after: z.string(),
  timestamp: z.string(),
})

const PUSHES = new Set(['push', 'force_push', 'pr_merge', 'merge_queue_merge'])

/**
 * An activity of `GET /repos/{owner}/{repo}/activity` as a push; undefined for a branch that was made or deleted.
 *
 * @see https://docs.github.com/rest/repos/repos#list-repository-activities
 */
export const branchPushOf = (entry: unknown): BranchPush | undefined => {
  const { data } = z.safeParse(activity, entry)
  if (data === undefined || !PUSHES.has(data.activity_type) || !data.ref.startsWith('refs/heads/')) return undefined
  return {
    branch: data.ref.slice('refs/heads/'.length),
    before: data.before,
    after: data.after,
    at: data.timestamp.replace(/\.\d+Z$/, 'Z'),
    isMerge: data.activity_type === 'pr_merge' || data.activity_type === 'merge_queue_merge',
  }
}

/** What is read of a commit, of `compare` or by its own. */
export const restCommit = z.object({
  sha: z.string(),
  commit: z.object({
    message: z.string(),
    committer: z.nullish(z.object({ date: z.nullish(z.string()) })),
  }),
})
export type RestCommit = z.infer<typeof restCommit>

/**
 * The `push` webhook of a push to the default branch.
 *
 * @param commits what it has brought that was not in the repository before, its head the last
 */
export const pushTold = (
  repository: JsonObject,
  { branch, before, after, at }: BranchPush,
  commits: readonly RestCommit[],
): Told => {
  const told = commits.map(({ sha, commit }) => ({
    id: sha,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer?.date ?? at,
  }))
  return [
    githubWebhook('push', {
      ref: `refs/heads/${branch}`,
      before,
      after,
      deleted: false,
      commits: told,
      head_commit: told.at(-1) ?? null,
      // The only event whose repository has times in epoch seconds.
      repository: { ...repository, pushed_at: Math.floor(Date.parse(at) / 1000) },
    }),
  ]
}
