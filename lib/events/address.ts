import {
  type ActivityKey,
  deploymentKey,
  isAddress,
  isJenkinsRun,
  issueKey,
  pullRequestKey,
  repository,
  repositoryPath,
  runKey,
} from '../delivery/activity.ts'

/** An address that a browser opens; undefined for any other text. */
export const webAddress = (text: string | null | undefined): URL | undefined => {
  if (!text || text.length > 2000 || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined
}

/** It without user info: an address may hold a password. */
export const withoutCredentials = (url: URL): string => {
  const copy = new URL(url)
  copy.username = ''
  copy.password = ''
  return copy.toString()
}

const GITHUB_PAGE =
  /^\/([\w-]{1,39})\/([\w.-]{1,100})\/(issues|pulls?|deployments|actions\/runs)\/([1-9][0-9]{0,14})(?:\/attempts\/([1-9][0-9]{0,3}))?(?:\/.*)?$/

/**
 * What an address of GitHub is about, its page or its resource in the REST API: an issue, a pull request, a deployment or
 * a workflow run, whose first attempt is meant where none is named.
 */
export const githubActivity = (url: URL, githubHost: string): ActivityKey | undefined => {
  const { host, path } = pageOf(url)
  const [, owner, name, kind, number, attempt = '1'] = GITHUB_PAGE.exec(path) ?? []
  if ((host !== githubHost && host !== 'github.com') || owner === undefined || name === undefined) return undefined
  const of = repository(host, owner, name)
  switch (kind) {
    case 'issues':
      return issueKey(of, Number(number))
    case 'deployments':
      return deploymentKey(of, Number(number))
    case 'actions/runs':
      return runKey(`https://${repositoryPath(of)}/actions/runs/${number}/attempts/${attempt}`)
    default:
      return pullRequestKey(of, Number(number))
  }
}

/** `api.github.com/repos/…` and Enterprise Server's `<host>/api/v3/repos/…` are the pages' own paths below. */
const pageOf = ({ host, pathname }: URL): { readonly host: string; readonly path: string } => {
  const path = pathname.replace(/^(?:\/api\/v3)?\/repos(?=\/[^/]+\/[^/]+\/)/, '')
  return { host: path === pathname ? host : host.replace(/^api\./, ''), path }
}

/**
 * The key of a run by its address. A dashboard that tells its runs apart by query or fragment has none, since a key
 * holds the path alone.
 */
export const runOfAddress = (url: URL, githubHost: string): ActivityKey | undefined => {
  const actions = /\/actions\/runs\//.test(url.pathname) ? githubActivity(url, githubHost) : undefined
  if (actions !== undefined || isJenkinsRun(url.href)) return actions ?? runKey(url.href)
  const isOne = url.search === '' && url.hash === '' && url.pathname !== '/' && isAddress(url.href)
  return isOne ? runKey(url.href) : undefined
}
