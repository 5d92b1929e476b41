import { githubTime } from '../../demo/history/time.ts'
import { githubSurroundings, type RepositoryFacts } from '../../demo/payloads/github-repository.ts'
import type { JsonObject } from '../../demo/payloads/json.ts'
import type { Person } from '../world/model.ts'

export interface PushFacts {
  readonly repository: RepositoryFacts
  readonly branch: string
  readonly before: string
  readonly after: string
  readonly message: string
  readonly pushedMillis: number
  /** When the commit was made, which of one that was made on a laptop may be long before. */
  readonly committedMillis: number
  readonly by: Person
}

/** The body of a `push` event: the only one whose repository has times in epoch seconds. */
export const pushEvent = (facts: PushFacts): JsonObject => {
  const { repository, branch, before, after, pushedMillis, by } = facts
  const surroundings = githubSurroundings(repository, by)
  return {
    ref: `refs/heads/${branch}`,
    before,
    after,
    created: false,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `https://github.com/${repository.owner}/${repository.name}/compare/${before}...${after}`,
    commits: [commitOf(facts)],
    head_commit: commitOf(facts),
    pusher: { name: by.login, email: `${by.login}@users.noreply.github.com` },
    ...surroundings,
    repository: {
      ...(surroundings.repository as JsonObject),
      created_at: 1_705_309_200,
      pushed_at: pushedMillis / 1000,
      master_branch: 'main',
    },
  }
}

const commitOf = ({ repository, after, message, committedMillis, by }: PushFacts): JsonObject => ({
  id: after,
  tree_id: after,
  distinct: true,
  message,
  timestamp: githubTime(committedMillis),
  url: `https://github.com/${repository.owner}/${repository.name}/commit/${after}`,
  author: { name: by.login, username: by.login },
  committer: { name: 'GitHub', username: 'web-flow' },
  added: [],
  removed: [],
  modified: ['README.md'],
})
