import { githubTime } from '../../demo/history/time.ts'
import { githubRepository, githubSurroundings, type RepositoryFacts } from '../../demo/payloads/github-repository.ts'
import { githubUser } from '../../demo/payloads/github-user.ts'
import type { JsonObject } from '../../demo/payloads/json.ts'
import type { WorkflowRun } from '../world/model.ts'

export interface WorkflowRunFacts {
  readonly repository: RepositoryFacts
  readonly headRepository: RepositoryFacts
  readonly run: WorkflowRun
  /** Empty for those of forks. */
  readonly pullRequests: readonly number[]
  readonly updatedMillis: number
}

/** The body of a `workflow_run` event. */
export const workflowRunEvent = (
  action: 'requested' | 'in_progress' | 'completed',
  { repository, headRepository, run, pullRequests, updatedMillis }: WorkflowRunFacts,
): JsonObject => {
  const page = `https://github.com/${repository.owner}/${repository.name}`
  return {
    action,
    workflow: { id: 1, name: 'ci', path: '.github/workflows/ci.yml', state: 'active' },
    workflow_run: {
      id: run.id,
      name: 'ci',
      head_branch: run.branch,
      head_sha: run.sha,
      path: '.github/workflows/ci.yml',
      display_title: 'ci',
      run_number: run.number,
      event: run.event,
      status: action === 'requested' ? 'queued' : action,
      conclusion: action === 'completed' ? run.conclusion : null,
      workflow_id: 1,
      html_url: `${page}/actions/runs/${run.id}`,
      pull_requests: pullRequests.map((number) => ({
        number,
        head: { ref: run.branch, sha: run.sha, repo: { id: headRepository.id, name: headRepository.name } },
        base: { ref: 'main', sha: run.sha, repo: { id: repository.id, name: repository.name } },
      })),
      created_at: githubTime(run.createdMillis),
      updated_at: githubTime(updatedMillis),
      run_started_at: githubTime(run.startMillis),
      run_attempt: run.attempt,
      actor: githubUser(run.by),
      triggering_actor: githubUser(run.by),
      repository: githubRepository(repository),
      head_repository: githubRepository(headRepository),
    },
    ...githubSurroundings(repository, run.by),
  }
}
