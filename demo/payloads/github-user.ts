import { addresses, type JsonObject } from './json.ts'

interface Account {
  readonly login: string
  readonly id: number
}

/** A user or an organisation as GitHub's webhooks show it. */
export const githubUser = ({ login, id }: Account, type: 'User' | 'Organization' = 'User'): JsonObject => ({
  login,
  id,
  node_id: Buffer.from(`04:${type}${id}`).toString('base64'),
  avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
  gravatar_id: '',
  html_url: `https://github.com/${login}`,
  ...addresses(`https://api.github.com/users/${login}`, {
    url: '',
    followers_url: '/followers',
    following_url: '/following{/other_user}',
    gists_url: '/gists{/gist_id}',
    starred_url: '/starred{/owner}{/repo}',
    subscriptions_url: '/subscriptions',
    organizations_url: '/orgs',
    repos_url: '/repos',
    events_url: '/events{/privacy}',
    received_events_url: '/received_events',
  }),
  type,
  site_admin: false,
})
