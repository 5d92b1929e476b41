import { issueKey, pullRequestKey, type Repository } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent, Ending, References } from '../delivery/event.ts'
import { markedActivities } from '../delivery/marker.ts'
import { awaitActivity, branchName, joinActivity, type Name, shaName } from '../delivery/reference.ts'
import { branchNumber } from './branch-number.ts'
import { closedIssues } from './closing-keywords.ts'
import { namesOf, repositoryAttributes, repositoryOf, stageOf, timesOf, userAttributes } from './common.ts'
import type { PullRequestPayload } from './payload.ts'

/**
 * Every `pull_request` event bears the whole pull request, so each tells its opening, its end once it has one, what it
 * belongs to and what it may be called by.
 *
 * @throws MalformedField when a time is none
 */
export const pullRequestEvent = (payload: PullRequestPayload): DeliveryEvent => {
  const { action, pull_request: pull, repository } = payload
  const home = repositoryOf(repository)
  const { createdMillis, updatedMillis, closedMillis } = timesOf('pull_request', pull)
  const closed = pull.state === 'closed' || action === 'closed'
  const merged = closed && pull.merged === true
  const ended: Ending | undefined = closed
    ? { atMillis: closedMillis ?? updatedMillis, certainty: 'reported', result: merged ? 'success' : 'cancellation' }
    : undefined
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
  }
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
  { before, pull_request: { head, merge_commit_sha } }: PullRequestPayload,
  home: Repository,
  merged: boolean,
): readonly Name[] => {
  const shas = [head.sha, before, merged ? merge_commit_sha : undefined]
  const headRepository = head.repo == null ? home : repositoryOf(head.repo)
  return [branchName(headRepository, head.ref), ...shas.flatMap((sha) => (sha ? [shaName(sha)] : []))]
}

const pullRequestAttributes = ({ pull_request: pull }: PullRequestPayload, closed: boolean): Attributes => ({
  ...userAttributes(pull.user),
  ...known({
    'pull_request.url': pull.html_url,
    'pull_request.labels': namesOf(pull.labels),
    'pull_request.draft': pull.draft,
    'pull_request.merged': closed ? pull.merged === true : undefined,
    'pull_request.merged_by': pull.merged_by?.login,
    'pull_request.merge_commit_sha': pull.merged === true ? pull.merge_commit_sha : undefined,
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
const changeState = ({ merged, draft }: PullRequestPayload['pull_request'], closed: boolean): string => {
  if (closed) return merged === true ? 'merged' : 'closed'
  return draft === true ? 'wip' : 'open'
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
