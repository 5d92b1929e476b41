import { type Repository, repository } from '../delivery/activity.ts'

/** What a job's full name tells, where it is a multibranch job's: `<owner>/<repository>/<branch or PR-n>`. */
export interface JobName {
  readonly leaf: string
  /** The branch that the last segment would be, percent-decoded. */
  readonly branch: string
  /** The number of `PR-<n>`, `PR-<n>-merge` and `PR-<n>-head`. */
  readonly pullRequest?: number
  /** The two segments before the last: a guess that only an organisation folder makes true. */
  readonly folder?: Repository
}

export const parseJobName = (fullName: string, githubHost: string): JobName => {
  const segments = fullName.split('/').filter((segment) => segment !== '')
  const leaf = segments.at(-1) ?? fullName
  const [owner, name] = segments.slice(-3, -1)
  const pullRequest = /^PR-([1-9][0-9]{0,9})(?:-merge|-head)?$/.exec(leaf)?.[1]
  return {
    leaf,
    branch: percentDecoded(leaf),
    ...(pullRequest === undefined ? {} : { pullRequest: Number(pullRequest) }),
    ...(owner === undefined || name === undefined ? {} : { folder: repository(githubHost, owner, name) }),
  }
}

const percentDecoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const DEPLOYS = /^deploy(?:ment)?s?(?![a-z])|(?<![a-z])deploy(?:ment)?s?$/i

/** Whether a job's own name says that it deploys: `deploy`, `deploy-shop`, `shop-deploy`, not `deployable` or `fix-deploy-x`. */
export const namesDeploy = (leaf: string): boolean => DEPLOYS.test(leaf)
