import { issueKey, pullRequestKey, type Repository } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent, Ending, Landing, References } from '../delivery/event.ts'
import { markedActivities } from '../delivery/marker.ts'
import { awaitActivity, branchName, headName, joinActivity, landedName, type Name } from '../delivery/reference.ts'
import { branchNumber } from './branch-number.ts'
import { closedIssues } from './closing-keywords.ts'
import { millisOf, namesOf, repositoryAttributes, repositoryOf, stageOf, timesOf, userAttributes } from './common.ts'
import { happeningsOf } from './happenings.ts'
import type { PullRequestPayload } from './payload.ts'

/**
 * Every event of a pull request bears the whole of it, so each tells its opening, its end once it has one, what it
 * belongs to and what it may be called by.
 *
 * @throws MalformedField when a time is none
 */
export const pullRequestEvent = (payload: PullRequestPayload): DeliveryEvent => {
  const { action, pull_request: pull, repository } = payload
  const home = repositoryOf(repository)
  const { createdMillis, updatedMillis, closedMillis } = timesOf('pull_request', pull)
  const endMillis = closedMillis ?? updatedMillis
  const closed = pull.state === 'closed' || action === 'closed'
  const merged = closed && isMerged(pull)
  const ended: Ending | undefined = closed
    ? { atMillis: endMillis, certainty: 'reported', result: merged ? 'success' : 'cancellation' }
    : undefined
  const landed = merged ? landingOf(payload, endMillis) : undefined
  const happenings = happeningsOf(payload, updatedMillis)
  return {
    key: pullRequestKey(home, pull.number),
    operation: 'pull_request',
    stage: stageOf(action, closed),
    observedMillis: updatedMillis,
    opened: { atMillis: createdMillis, certainty: 'reported' },
    ...(action === 'reopened' ? { reopenedMillis: updatedMillis } : {}),
    ...(ended === undefined ? {} : { ended }),
    attributes: { ...repositoryAttributes(repository), ...pullRequestAttributes(payload, closed) },
    references: referencesOf(payload, home),
    names: namesFor(payload, home, merged),
    ...(happenings.length === 0 ? {} : { happenings }),
    ...(landed === undefined ? {} : { landed }),
  }
}

/** The pull request in a review has no `merged`, but `merged_at`. */
const isMerged = ({ merged, merged_at }: PullRequestPayload['pull_request']): boolean => merged ?? merged_at != null

/** The merge onto the default branch; a repository that does not say which that is, is taken to mean the base. */
const landingOf = (
  { pull_request: { base, merge_commit_sha, merged_at }, repository }: PullRequestPayload,
  endMillis: number,
): Landing | undefined => {
  if (!merge_commit_sha || base.ref !== (repository.default_branch ?? base.ref)) return undefined
  const atMillis = merged_at == null ? endMillis : millisOf('pull_request.merged_at', merged_at)
  return { sha: merge_commit_sha.toLowerCase(), atMillis }
}

const referencesOf = ({ pull_request: { head, title, body } }: PullRequestPayload, home: Repository): References => {
  const texts = [head.ref, title ?? '', body ?? '']
  const number = branchNumber(head.ref)
  return {
    marker: texts.flatMap((text) => markedActivities(text, home.host, home)).map(joinActivity),
    closing_keyword: texts
      .slice(1)
      .flatMap((text) => closedIssues(text, home))
      .map(joinActivity),
    branch_number: number === undefined ? [] : [awaitActivity(issueKey(home, number))],
  }
}

/** GitHub has a test merge's commit in `merge_commit_sha` before the merge, so it counts only once merged. */
const namesFor = (
  { before, after, pull_request: { head, merge_commit_sha } }: PullRequestPayload,
  home: Repository,
  merged: boolean,
): readonly Name[] => {
  const heads = [head.sha, before, after].flatMap((sha) => (sha ? [headName(sha)] : []))
  const headRepository = head.repo == null ? home : repositoryOf(head.repo)
  const landed = merged && merge_commit_sha ? [landedName(merge_commit_sha)] : []
  return [...new Set([branchName(headRepository, head.ref), ...heads, ...landed])]
}

const pullRequestAttributes = ({ pull_request: pull }: PullRequestPayload, closed: boolean): Attributes => ({
  ...userAttributes(pull.user),
  ...known({
    'pull_request.url': pull.html_url,
    'pull_request.labels': namesOf(pull.labels),
    'pull_request.draft': pull.draft,
    'pull_request.merged': closed ? isMerged(pull) : undefined,
    'pull_request.merged_by': pull.merged_by?.login,
    'pull_request.merge_commit_sha': isMerged(pull) ? pull.merge_commit_sha : undefined,
    'pull_request.commits': pull.commits,
    'pull_request.additions': pull.additions,
    'pull_request.deletions': pull.deletions,
    'pull_request.changed_files': pull.changed_files,
    'pull_request.comments_count': pull.comments,
    'pull_request.review_comments_count': pull.review_comments,
    'vcs.change.id': String(pull.number),
    'vcs.change.title': pull.title,
    'vcs.change.state': changeState(pull, closed),
  }),
  ...headAttributes(pull.head),
  ...baseAttributes(pull.base),
})

/** OpenTelemetry's `vcs.change.state`. A pull request closed without a merge is closed, not failed. */
const changeState = (pull: PullRequestPayload['pull_request'], closed: boolean): string | undefined => {
  if (closed) return isMerged(pull) ? 'merged' : 'closed'
  if (pull.draft == null) return undefined
  return pull.draft ? 'wip' : 'open'
}

const headAttributes = ({ label, ref, sha, repo }: PullRequestPayload['pull_request']['head']): Attributes =>
  known({
    'scm.head.label': label,
    'scm.head.ref': ref,
    'scm.head.sha': sha,
    'scm.head.url': repo?.html_url,
    'vcs.ref.head.name': ref,
    'vcs.ref.head.revision': sha,
    'vcs.ref.head.type': 'branch',
  })

const baseAttributes = ({ label, ref, sha, repo }: PullRequestPayload['pull_request']['base']): Attributes =>
  known({
    'scm.base.label': label,
    'scm.base.ref': ref,
    'scm.base.sha': sha,
    'scm.base.repo.id': repo?.id,
    'scm.base.repo.name': repo?.name,
    'scm.base.repo.full_name': repo?.full_name,
    'scm.base.repo.private': repo?.private,
    'vcs.ref.base.name': ref,
    'vcs.ref.base.revision': sha,
    'vcs.ref.base.type': 'branch',
  })
