import { issuesOf } from '../history/issues.ts'
import { numbersOf } from '../history/numbers.ts'
import { HISTORY_END } from '../history/time.ts'
import { issueWebhooks } from './issue-webhooks.ts'
import { pullRequestWebhooks } from './pull-request-webhooks.ts'
import { buildWebhooks, deployWebhooks } from './run-webhooks.ts'
import type { Scene } from './scene.ts'
import type { Webhook } from './webhook.ts'

export const DEFAULT_SEED = 1

/** Another seed is another organisation: its history must not be taken for more of the first one. */
export const ownerOf = (seed: number): string => (seed === DEFAULT_SEED ? 'acme' : `acme-${seed}`)

/**
 * The whole history as webhooks: one sequence an issue, in the order of time. Sequences share nothing, so that they can be
 * sent side by side without any activity's reports overtaking each other.
 */
export const sequencesOf = (seed: number): readonly (readonly Webhook[])[] => {
  const issues = issuesOf(seed)
  const numbers = numbersOf(issues)
  return issues
    .map((issue) => webhooksOf({ owner: ownerOf(seed), issue, numbers }))
    .map((webhooks) => webhooks.filter(({ atMillis }) => atMillis <= HISTORY_END))
    .map((webhooks) => [...webhooks].sort((a, b) => a.atMillis - b.atMillis))
    .filter((webhooks) => webhooks.length > 0)
}

const webhooksOf = (scene: Scene): readonly Webhook[] => [
  ...issueWebhooks(scene),
  ...scene.issue.pullRequests.flatMap((pull) => [
    ...pullRequestWebhooks(scene, pull),
    ...buildWebhooks(scene, pull),
    ...deployWebhooks(scene, pull),
  ]),
]
