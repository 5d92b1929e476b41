import * as z from 'zod/mini'
import { githubWebhook, type HistoryWebhook, type JsonObject, type Told } from '../webhook.ts'
import { asItWas } from './as-it-was.ts'
import type { Change } from './change.ts'
import { seenAt, type Turn, turnsOf } from './turns.ts'

/** What is read of an issue; the rest is handed on. */
export const restIssue = z.looseObject({
  number: z.int(),
  state: z.string(),
  state_reason: z.nullish(z.string()),
  created_at: z.string(),
  updated_at: z.string(),
  closed_at: z.nullish(z.string()),
  /** Present when it is a pull request. */
  pull_request: z.nullish(z.looseObject({})),
})
export type RestIssue = z.infer<typeof restIssue>

/**
 * The `issues` webhooks that an issue has sent: every close and every reopening, and how it stands where it is open.
 *
 * @param repository as `GET /repos/{owner}/{repo}` gives it, which is what webhooks carry
 * @param changes those of this issue, in the order of time
 */
export const issueTold = (repository: JsonObject, issue: RestIssue, changes: readonly Change[]): Told => {
  const turns = turnsOf(issue, changes)
  const webhook = (action: string, state: JsonObject, at: string, seen = at): HistoryWebhook =>
    githubWebhook('issues', {
      action,
      issue: { ...asItWas(issue, changes, at), ...state, updated_at: seen },
      repository,
    })
  const told = turns.map((turn) => webhook(turn.kind, stateAfter(turn), turn.at, seenAt(turn)))
  if (issue.state === 'closed') return told
  const isNew = turns.length === 0 && issue.updated_at === issue.created_at
  return [...told, webhook(isNew ? 'opened' : 'edited', {}, issue.updated_at)]
}

const stateAfter = ({ kind, at, value }: Turn): JsonObject =>
  kind === 'closed'
    ? { state: 'closed', closed_at: at, state_reason: value ?? null }
    : { state: 'open', closed_at: null, state_reason: 'reopened' }
