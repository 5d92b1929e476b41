import * as z from 'zod/mini'
import { githubWebhook, type JsonObject, type Told } from '../webhook.ts'

/** What is read of a workflow run; the rest is handed on. */
export const restRun = z.looseObject({
  id: z.int(),
  run_attempt: z.nullish(z.int()),
  status: z.nullish(z.string()),
  created_at: z.string(),
})
export type RestRun = z.infer<typeof restRun>

/** The last `workflow_run` webhook that an attempt has sent, which tells its start as well. */
export const runTold = (repository: JsonObject, run: RestRun): Told => [
  githubWebhook('workflow_run', { action: actionOf(run), workflow_run: run, repository }),
]

const actionOf = ({ status }: RestRun): string => {
  if (status === 'completed' || status === 'in_progress') return status
  return 'requested'
}
