import { type Repository, repository } from '../delivery/activity.ts'

const SCP_LIKE = /^(?:[\w.-]{1,100}@)?([\w.-]{1,255}):(?!\/)([^\s]{1,500})$/

/** The repository of an address, as keys hold it. */
export const repositoryOfUrl = (url: string | null | undefined): Repository | undefined => {
  const written = writtenRepository(url)
  return written === undefined ? undefined : repository(written.host, written.owner, written.name)
}

/**
 * The repository of `https://host/o/r.git`, `ssh://git@host:22/o/r` or `git@host:o/r.git`, as it is written there;
 * undefined for any other address.
 */
export const writtenRepository = (url: string | null | undefined): Repository | undefined => {
  if (!url) return undefined
  const scp = SCP_LIKE.exec(url)
  if (scp !== null && !url.includes('://')) return fromPath(scp[1] ?? '', scp[2] ?? '')
  if (!URL.canParse(url)) return undefined
  const { host, hostname, protocol, pathname } = new URL(url)
  return fromPath(protocol.startsWith('http') ? host : hostname, pathname)
}

const fromPath = (host: string, path: string): Repository | undefined => {
  const [owner, name, ...rest] = path
    .replace(/\.git\/?$/, '')
    .split('/')
    .filter((segment) => segment !== '')
  if (owner === undefined || name === undefined || rest.length > 0) return undefined
  const isOne = [host, owner, name].every((text) => /^[!-~]{1,255}$/.test(text))
  return isOne ? { host, owner, name } : undefined
}

/** The address without user info: a checkout URL may hold a password. */
export const withoutCredentials = (url: string | null | undefined): string | undefined => {
  if (!url) return undefined
  if (!URL.canParse(url)) return url.includes('://') ? undefined : url
  const parsed = new URL(url)
  parsed.username = ''
  parsed.password = ''
  return parsed.toString()
}

/** `x` of `origin/x`, `refs/heads/x` and `refs/remotes/<any remote>/x`. */
export const plainBranch = (branch: string | null | undefined): string | undefined =>
  branch?.replace(/^(?:refs\/heads\/|(?:refs\/)?remotes\/[^/]{1,100}\/|origin\/)/, '') || undefined
