import { type Repository, repository } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { References } from '../delivery/event.ts'
import { headName, landedName, lookUp } from '../delivery/reference.ts'

/** What a build or a deploy is made of; the repository as it is written. */
export interface Code {
  readonly repository?: Repository
  /** A full commit id, lower-cased. */
  readonly commit?: string
}

const PATH = /^(?:([\w.-]{1,255}(?::[0-9]{1,5})?)\/)?([\w-]{1,39})\/([\w.-]{1,100}?)(?:\.git)?\/?$/
const SCP_LIKE = /^(?:[\w.-]{1,100}@)?([\w.-]{1,255}):(?!\/)(.{1,500})$/

/** The repository of `acme/shop`, `github.com/acme/shop`, `https://github.com/acme/shop` or `git@github.com:acme/shop.git`. */
export const repositoryOfText = (text: string, githubHost: string): Repository | undefined => {
  const [, host = githubHost, owner, name] = PATH.exec(text) ?? []
  if (owner !== undefined && name !== undefined) return { host, owner, name }
  const [, itsHost, itsOwner, itsName] = PATH.exec(pathOfAddress(text)) ?? []
  if (itsHost === undefined || itsOwner === undefined || itsName === undefined) return undefined
  return { host: itsHost, owner: itsOwner, name: itsName }
}

/** `github.com/acme/shop.git` of an address. */
const pathOfAddress = (text: string): string => {
  if (!text.includes('://')) return text.replace(SCP_LIKE, '$1/$2')
  if (!URL.canParse(text)) return ''
  const { protocol, host, hostname, pathname } = new URL(text)
  return `${/^https?:$/.test(protocol) ? host : hostname}${pathname}`
}

/** A full commit id, lower-cased: 40 hex digits, or 64 in a repository of SHA-256. */
export const commitOfText = (text: string): string | undefined =>
  /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text) ? text.toLowerCase() : undefined

/** The repository in the form in which keys hold it. */
export const homeOf = ({ repository: of }: Code): Repository | undefined =>
  of === undefined ? undefined : repository(of.host, of.owner, of.name)

export const repositoryAttributes = ({ repository: of }: Code, githubHost: string): Attributes =>
  of === undefined
    ? {}
    : known({
        'vcs.provider.name': of.host.toLowerCase() === githubHost ? 'github' : undefined,
        'vcs.owner.name': of.owner,
        'vcs.repository.name': of.name,
        'vcs.repository.url.full': `https://${of.host}/${of.owner}/${of.name}`,
      })

export const commitAttributes = ({ commit }: Code): Attributes =>
  known({ 'scm.head.sha': commit, 'vcs.ref.head.revision': commit })

/** By its commit, a build or a deploy is found to be that of a pull request. */
export const commitReferences = ({ commit }: Code): References =>
  commit === undefined ? {} : { head_sha: [lookUp(headName(commit))], merge_sha: [lookUp(landedName(commit))] }
