import * as z from 'zod/mini'
import { githubWebhook, type JsonObject, type Told } from '../webhook.ts'

/** What is read of a deployment and of its states; the rest is handed on. */
export const restDeployment = z.looseObject({ id: z.int(), created_at: z.string() })
export type RestDeployment = z.infer<typeof restDeployment>

export const restDeploymentStatus = z.looseObject({ state: z.string(), created_at: z.string() })
export type RestDeploymentStatus = z.infer<typeof restDeploymentStatus>

/** The `deployment` and `deployment_status` webhooks of a deployment, in the order of time; `inactive` sends none. */
export const deploymentTold = (
  repository: JsonObject,
  deployment: RestDeployment,
  statuses: readonly RestDeploymentStatus[],
): Told => [
  githubWebhook('deployment', { action: 'created', deployment, repository }),
  ...statuses
    .filter(({ state }) => state.toLowerCase() !== 'inactive')
    .sort((a, b) => (a.created_at < b.created_at ? -1 : Number(a.created_at > b.created_at)))
    .map((status) =>
      githubWebhook('deployment_status', { action: 'created', deployment_status: status, deployment, repository }),
    ),
]
