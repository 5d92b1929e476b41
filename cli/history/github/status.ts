import * as z from 'zod/mini'
import { githubWebhook, type JsonObject, type Told } from '../webhook.ts'

/** What is read of a commit status; the rest is handed on. */
export const restStatus = z.looseObject({
  context: z.string(),
  state: z.string(),
  target_url: z.nullish(z.string()),
  created_at: z.string(),
})
export type RestStatus = z.infer<typeof restStatus>

/**
 * The `status` webhooks of a commit, a list for each page that they name, which is that of one run.
 *
 * @param branches what is known of where the commit is; the webhook names all
 */
export const statusesTold = (
  repository: JsonObject,
  sha: string,
  branches: readonly string[],
  statuses: readonly RestStatus[],
): readonly Told[] => {
  const byPage = new Map<string, RestStatus[]>()
  for (const status of [...statuses].sort((a, b) => (a.created_at < b.created_at ? -1 : 1))) {
    const page = status.target_url ?? ''
    byPage.set(page, [...(byPage.get(page) ?? []), status])
  }
  return [...byPage.values()].map((all) =>
    all.map((status) =>
      githubWebhook('status', { ...status, sha, branches: branches.map((name) => ({ name })), repository }),
    ),
  )
}
