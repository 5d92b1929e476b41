import * as z from 'zod/mini'
import { flag, int, listOf, repository, text, user } from './payload.ts'

/** The fields that `status` events are read by. */
export const statusPayload = z.lazy(() =>
  z.object({
    sha: z.string(),
    context: z.string(),
    state: z.string(),
    description: text,
    target_url: text,
    created_at: z.string(),
    branches: listOf(z.object({ name: text })),
    repository,
  }),
)
export type StatusPayload = z.infer<typeof statusPayload>

/** The fields that `workflow_run` events are read by. */
export const workflowRunPayload = z.lazy(() =>
  z.object({
    action: z.string(),
    repository,
    workflow: z.nullish(z.object({ name: text })),
    workflow_run: z.object({
      id: z.int(),
      run_attempt: int,
      run_number: int,
      name: text,
      event: text,
      head_sha: z.string(),
      head_branch: text,
      head_repository: z.nullish(repository),
      conclusion: text,
      created_at: z.string(),
      run_started_at: text,
      updated_at: z.string(),
      html_url: text,
      /** Empty for forks; the numbers may be those of another repository that the head is offered to. */
      pull_requests: listOf(
        z.object({ number: z.int(), base: z.nullish(z.object({ repo: z.nullish(z.object({ id: int })) })) }),
      ),
      actor: user,
      triggering_actor: user,
    }),
  }),
)
export type WorkflowRunPayload = z.infer<typeof workflowRunPayload>

const deployment = z.lazy(() =>
  z.object({
    id: z.int(),
    sha: z.string(),
    ref: z.string(),
    task: text,
    environment: text,
    production_environment: flag,
    created_at: z.string(),
    creator: user,
  }),
)
/** The run whose job deploys, where GitHub Actions does. */
const deployingRun = z.lazy(() => z.nullish(z.object({ id: z.int(), run_attempt: int })))

/** The fields that `deployment` events are read by. */
export const deploymentPayload = z.lazy(() =>
  z.object({
    action: z.string(),
    repository,
    deployment,
    workflow_run: deployingRun,
  }),
)
export type DeploymentPayload = z.infer<typeof deploymentPayload>

/** The fields that `deployment_status` events are read by. */
export const deploymentStatusPayload = z.lazy(() =>
  z.object({
    action: z.string(),
    repository,
    deployment,
    deployment_status: z.object({
      state: z.string(),
      environment: text,
      environment_url: text,
      log_url: text,
      /** What `log_url` was called before. */
      target_url: text,
      created_at: z.string(),
    }),
    workflow_run: deployingRun,
  }),
)
export type DeploymentStatusPayload = z.infer<typeof deploymentStatusPayload>
