import { githubUser } from './github-user.ts'
import { addresses, type JsonObject } from './json.ts'

export interface RepositoryFacts {
  readonly owner: string
  readonly ownerId: number
  readonly name: string
  readonly id: number
}

const API_TAILS = {
  url: '',
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
}

/** A private repository of an organisation as GitHub's webhooks show it. */
export const githubRepository = ({ owner, ownerId, name, id }: RepositoryFacts): JsonObject => ({
  id,
  node_id: Buffer.from(`010:Repository${id}`).toString('base64'),
  name,
  full_name: `${owner}/${name}`,
  private: true,
  owner: githubUser({ login: owner, id: ownerId }, 'Organization'),
  html_url: `https://github.com/${owner}/${name}`,
  description: null,
  fork: false,
  ...addresses(`https://api.github.com/repos/${owner}/${name}`, API_TAILS),
  created_at: '2024-01-15T09:00:00Z',
  git_url: `git://github.com/${owner}/${name}.git`,
  ssh_url: `git@github.com:${owner}/${name}.git`,
  clone_url: `https://github.com/${owner}/${name}.git`,
  homepage: null,
  size: 1024,
  language: 'TypeScript',
  has_issues: true,
  archived: false,
  disabled: false,
  topics: [],
  visibility: 'private',
  default_branch: 'main',
})

/** What stands beside the subject in every event of an organisation's repository. */
export const githubSurroundings = (
  of: RepositoryFacts,
  sender: { readonly login: string; readonly id: number },
): JsonObject => ({
  repository: githubRepository(of),
  organization: {
    login: of.owner,
    id: of.ownerId,
    node_id: Buffer.from(`012:Organization${of.ownerId}`).toString('base64'),
    ...addresses(`https://api.github.com/orgs/${of.owner}`, { url: '', repos_url: '/repos', hooks_url: '/hooks' }),
    description: null,
  },
  sender: githubUser(sender),
})
