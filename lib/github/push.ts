import { commitKey, pullRequestKey, type Repository } from '../delivery/activity.ts'
import type { DeliveryEvent, References } from '../delivery/event.ts'
import { markedActivities } from '../delivery/marker.ts'
import { awaitActivity, joinActivity, landedName } from '../delivery/reference.ts'
import type { Translation } from '../delivery/source.ts'
import { closedIssues } from './closing-keywords.ts'
import { millisOf, repositoryOf, vcsAttributes, withoutEmpty } from './common.ts'
import type { PushPayload } from './payload.ts'
import { events, ignored } from './translation.ts'

/** A push may bring up to 2048 commits; the last ones say what it is about. */
const MAX_COMMITS = 50

/**
 * A push to the default branch, which is how a commit lands there; other branches are known by their pull requests.
 *
 * @throws MalformedField when its time is none
 */
export const push = (payload: PushPayload): Translation => {
  const { ref, after, deleted, repository } = payload
  if (!repository.default_branch || ref !== `refs/heads/${repository.default_branch}`)
    return ignored('the push is not one to the default branch')
  if (deleted === true || /^0*$/.test(after)) return ignored('the push has deleted the branch')
  return events(commitEvent(payload))
}

const commitEvent = (payload: PushPayload): DeliveryEvent => {
  const { after, repository, head_commit } = payload
  const home = repositoryOf(repository)
  const atMillis = millisOf('repository.pushed_at', repository.pushed_at ?? head_commit?.timestamp)
  return {
    key: commitKey(home, after),
    operation: 'commit',
    stage: 'started',
    observedMillis: atMillis,
    opened: { atMillis, certainty: 'reported' },
    attributes: { service: 'github', ...vcsAttributes(repository) },
    references: referencesOf(payload, home),
    names: [landedName(after)],
    landed: { sha: after.toLowerCase(), atMillis },
  }
}

/** What the commits say that were not in the repository before; one that is pushed again says nothing new. */
const referencesOf = ({ commits, head_commit }: PushPayload, home: Repository): References => {
  const texts = (commits ?? [])
    .filter(({ distinct }) => distinct !== false)
    .slice(-MAX_COMMITS)
    .map(({ message }) => message ?? '')
  const marked = texts.flatMap((text) => markedActivities(text, home.host, home))
  const closed = texts.flatMap((text) => closedIssues(text, home))
  const number = pullRequestNumber(head_commit?.message ?? '')
  return withoutEmpty({
    marker: [...new Set(marked)].map(joinActivity),
    closing_keyword: [...new Set(closed)].map(joinActivity),
    pull_request_number: number === undefined ? [] : [awaitActivity(pullRequestKey(home, number))],
  })
}

/**
 * The pull request that GitHub names in the first line of a merge (`Merge pull request #12 from acme/x`) or of a squash
 * (`Fix the thing (#12)`). People end a line like that for an issue too, so it is a guess.
 */
const pullRequestNumber = (message: string): number | undefined => {
  const line = message.split('\n', 1)[0]?.trimEnd() ?? ''
  const digits = /^Merge pull request #([1-9][0-9]{0,9}) from /.exec(line) ?? / \(#([1-9][0-9]{0,9})\)$/.exec(line)
  return digits === null ? undefined : Number(digits[1])
}
