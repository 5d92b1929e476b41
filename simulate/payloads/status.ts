import { idOf } from '../../demo/history/hash.ts'
import { githubTime } from '../../demo/history/time.ts'
import { githubSurroundings, type RepositoryFacts } from '../../demo/payloads/github-repository.ts'
import type { JsonObject } from '../../demo/payloads/json.ts'
import type { Person } from '../world/model.ts'

export interface StatusFacts {
  readonly repository: RepositoryFacts
  readonly sha: string
  readonly context: string
  readonly state: 'pending' | 'success' | 'failure' | 'error'
  readonly description: string
  readonly targetUrl: string
  readonly createdMillis: number
  readonly branches: readonly string[]
  readonly by: Person
}

/** The body of a `status` event, as the GitHub Branch Source plugin makes GitHub send it. */
export const statusEvent = (facts: StatusFacts): JsonObject => {
  const { repository, sha, context, state, description, targetUrl, createdMillis, branches, by } = facts
  const api = `https://api.github.com/repos/${repository.owner}/${repository.name}`
  return {
    id: idOf(sha, context, state, createdMillis, targetUrl),
    sha,
    name: `${repository.owner}/${repository.name}`,
    target_url: targetUrl,
    avatar_url: null,
    context,
    description,
    state,
    commit: { sha, url: `${api}/commits/${sha}` },
    branches: branches.map((name) => ({ name, commit: { sha, url: `${api}/commits/${sha}` }, protected: false })),
    created_at: githubTime(createdMillis),
    updated_at: githubTime(createdMillis),
    ...githubSurroundings(repository, by),
  }
}
