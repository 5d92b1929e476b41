/** The operations, which are also the span names. */
export const OPERATIONS = ['issue', 'pull_request', 'build', 'deploy'] as const
export type Operation = (typeof OPERATIONS)[number]

/** Identity of an activity: derivable from what a payload or a person can name. */
export type ActivityKey = string

/** A repository as it is addressed everywhere: host, owner and name, lower-cased by {@link repository}. */
export interface Repository {
  readonly host: string
  readonly owner: string
  readonly name: string
}

/** GitHub's names are case-insensitive, so keys hold them lower-cased. */
export const repository = (host: string, owner: string, name: string): Repository => ({
  host: host.toLowerCase(),
  owner: owner.toLowerCase(),
  name: name.toLowerCase(),
})

/** `github.com/acme/shop` */
export const repositoryPath = ({ host, owner, name }: Repository): string => `${host}/${owner}/${name}`

/** `issue:github.com/acme/shop#12` */
export const issueKey = (of: Repository, number: number): ActivityKey => `issue:${repositoryPath(of)}#${number}`

/** `pull_request:github.com/acme/shop#34` */
export const pullRequestKey = (of: Repository, number: number): ActivityKey =>
  `pull_request:${repositoryPath(of)}#${number}`

/**
 * `run:https://ci.acme.com/job/shop/job/PR-34/3/`: the run's absolute address, whatever it is called by, so that a
 * plugin's webhook and GitHub's commit status of the same run meet in one activity.
 *
 * @throws TypeError when the address is not absolute
 */
export const runKey = (address: string): ActivityKey => {
  const url = new URL(address)
  const path = url.pathname.replace(/\/display\/redirect\/?$/, '')
  return `run:${url.origin}${path.endsWith('/') ? path : `${path}/`}`
}

/** The operation that a key tells by itself; a run may be a build or a deploy. */
export const operationOfKey = (key: ActivityKey): Operation => {
  if (key.startsWith('issue:')) return 'issue'
  return key.startsWith('pull_request:') ? 'pull_request' : 'build'
}
