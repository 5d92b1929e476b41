import { type ActivityKey, issueKey, type Repository, repository } from '../delivery/activity.ts'

/** `/repos/acme/shop/issues/3`, on an Enterprise Server below `/api/v3`. */
const ISSUE = /^(?:\/api\/v3)?\/repos\/([\w-]{1,39})\/([\w.-]{1,100})\/issues\/([1-9][0-9]{0,9})$/

/**
 * The issue that an address of GitHub's REST API names; undefined when it is none.
 *
 * @param home where the address stands: it lends its host, since the API's is another one
 */
export const issueAt = (address: string, home: Repository): ActivityKey | undefined => {
  if (!URL.canParse(address)) return undefined
  const { hostname, pathname } = new URL(address)
  const [, owner, name, number] = ISSUE.exec(pathname) ?? []
  if (owner === undefined || name === undefined) return undefined
  const host = hostname === 'api.github.com' ? 'github.com' : home.host
  return issueKey(repository(host, owner, name), Number(number))
}
