import type { Result } from '../delivery/result.ts'
import type { StatusPayload } from './run-payload.ts'

/** How a run has ended, and Jenkins's own word for it where the status tells it. */
export interface StatusResult {
  readonly result: Result
  readonly word?: 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'ABORTED' | 'NOT_BUILT'
}

/** How the contexts of the GitHub Branch Source plugin begin: `…/pr-merge`, `…/pr-head` and `…/branch`. */
export const JENKINS_CONTEXT = 'continuous-integration/jenkins'

/**
 * The result that a status tells by its state and, since a state stands for several of Jenkins's results, by its
 * description; undefined for `pending` and whatever else is no end.
 *
 * Branch Source posts `failure` for UNSTABLE ("This commit failed tests or other validations"), and `error` for FAILURE
 * ("This commit cannot be built"), ABORTED ("The build of this commit was aborted") and NOT_BUILT ("Something is wrong
 * with the build of this commit"). The GitHub plugin posts `failure` for UNSTABLE ("Build #3 found unstable in 2 min").
 * Others post `failure` for a failure.
 *
 * @see https://github.com/jenkinsci/github-branch-source-plugin GitHubNotificationContext, Messages.properties
 * @see https://github.com/jenkinsci/github-plugin DefaultStatusResultSource, Messages.properties
 */
export const statusResult = (
  status: Pick<StatusPayload, 'context' | 'state' | 'description'>,
): StatusResult | undefined => {
  const isBranchSource = status.context.startsWith(`${JENKINS_CONTEXT}/`)
  const description = status.description ?? ''
  switch (status.state) {
    case 'success':
      return success(isBranchSource)
    case 'failure':
      return failure(description, isBranchSource)
    case 'error':
      return error(description)
    default:
      return undefined
  }
}

const success = (isBranchSource: boolean): StatusResult =>
  isBranchSource ? { result: 'success', word: 'SUCCESS' } : { result: 'success' }

const failure = (description: string, isBranchSource: boolean): StatusResult => {
  const unstable = isBranchSource ? /failed tests|test failures|unstable/i : /found unstable/i
  return unstable.test(description) ? { result: 'success', word: 'UNSTABLE' } : { result: 'failure' }
}

const error = (description: string): StatusResult => {
  if (/aborted/i.test(description)) return { result: 'cancellation', word: 'ABORTED' }
  if (/cannot be built/i.test(description)) return { result: 'failure', word: 'FAILURE' }
  if (/something is wrong with the build/i.test(description)) return { result: 'skip', word: 'NOT_BUILT' }
  return { result: 'failure' }
}
