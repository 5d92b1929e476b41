/** The operations that ValueStream is about, which are also their spans' names. */
export const OPERATIONS = ['issue', 'pull_request', 'build', 'deploy'] as const

/** One of {@link OPERATIONS}, or the type of a custom event, such as `incident`, `release` or `approval`. */
export type Operation = (typeof OPERATIONS)[number] | (string & Record<never, never>)

/** Identity of an activity: derivable from what a payload or a person can name. Begins with its kind and a colon. */
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

/** `deployment:github.com/acme/shop#145988746`: a deployment of GitHub, by its id. */
export const deploymentKey = (of: Repository, id: number): ActivityKey => `deployment:${repositoryPath(of)}#${id}`

/** `commit:github.com/acme/shop@<40 hex>`: what a push has put on the default branch. */
export const commitKey = (of: Repository, sha: string): ActivityKey =>
  `commit:${repositoryPath(of)}@${sha.toLowerCase()}`

/** `repository:github.com/acme/shop` */
export const repositoryKey = (of: Repository): ActivityKey => `repository:${repositoryPath(of)}`

/** What an address may be long whose path becomes a key. */
const MAX_ADDRESS_LENGTH = 900

/**
 * What a run has below its job's address in Jenkins: a job's path is `/job/<name>` once or more, then the number. It takes
 * time by the square of the length, so it is given no more than {@link MAX_ADDRESS_LENGTH}.
 */
const JENKINS_RUN = /^((?:\/[^/]+)*?(?:\/job\/[^/]+)+\/[1-9][0-9]*)(?:\/.*)?$/
/** The same run in Blue Ocean: `/blue/organizations/jenkins/<full name, encoded>/detail/<leaf>/<number>/pipeline`. */
const BLUE_OCEAN_RUN = /^(.*)\/blue\/organizations\/[^/]+\/([^/]+)\/detail\/([^/]+)\/([1-9][0-9]*)(?:\/.*)?$/

/**
 * `run:https://ci.acme.com/job/shop/job/PR-34/3/`: the run's absolute address, whatever page of it is named, so that a
 * plugin's webhook and GitHub's commit status of the same run meet in one activity.
 *
 * @throws TypeError when the address is none that {@link isAddress} takes
 */
export const runKey = (address: string): ActivityKey => {
  if (!isAddress(address)) throw new TypeError('the address of a run is not absolute, or too long')
  const { origin, pathname } = new URL(address)
  const path = classicPath(pathname)
  return `run:${origin}${JENKINS_RUN.exec(path)?.[1] ?? path.replace(/\/$/, '')}/`
}

/** Whether an address is that of a run in Jenkins, and not of a job or of something else. */
export const isJenkinsRun = (address: string): boolean =>
  isAddress(address) && JENKINS_RUN.test(classicPath(new URL(address).pathname))

/** Whether a text is an absolute address, and one that a key can hold, however much of it has to be encoded. */
export const isAddress = (text: string): boolean =>
  text.length <= MAX_ADDRESS_LENGTH && URL.canParse(text) && new URL(text).href.length <= MAX_ADDRESS_LENGTH

/** In Blue Ocean a multibranch project's branch stands apart from its name; a plain job's name stands there twice. */
const classicPath = (path: string): string => {
  const [, root, project, branch, number] = BLUE_OCEAN_RUN.exec(path) ?? []
  if (root === undefined || project === undefined || branch === undefined) return path
  const folders = project.split(/%2F/i)
  const segments = folders.at(-1) === branch ? folders : [...folders, branch]
  return `${root}${segments.map((segment) => `/job/${segment}`).join('')}/${number}/`
}

/**
 * Kinds of activities that are kept for others to be found by and become no span: a commit that a push has brought, a
 * run that waits in the queue, a repository that was renamed.
 */
const WAYPOINTS: ReadonlySet<string> = new Set(['commit', 'queue', 'repository'])

/** `issue` of `issue:github.com/acme/shop#12`. */
export const kindOf = (key: ActivityKey): string => key.slice(0, key.indexOf(':'))

export const isWaypoint = (key: ActivityKey): boolean => WAYPOINTS.has(kindOf(key))
