import { shaOf } from '../../demo/history/hash.ts'
import {
  type PullRequestAction,
  type PullRequestFacts,
  pullRequestEvent,
} from '../../demo/payloads/github-pull-request.ts'
import { githubUser } from '../../demo/payloads/github-user.ts'
import type { JsonObject } from '../../demo/payloads/json.ts'
import { repositoryPath } from '../../lib/delivery/activity.ts'
import { reviewEvent } from '../payloads/review.ts'
import type { Merge, Pull, PullChange, World } from '../world/model.ts'
import { textsOf } from '../world/texts.ts'
import type { Delivery } from './delivery.ts'
import { keyOfIssue, keyOfPull } from './keys.ts'
import type { PullTelling } from './telling.ts'

/** How a pull request stands after some of its changes. */
interface State {
  readonly atMillis: number
  readonly sha: string
  readonly before?: string
  readonly commits: number
  readonly isDraft: boolean
  readonly isEdited: boolean
  readonly closed?: { readonly atMillis: number; readonly merge?: Merge }
}

/** The `pull_request` and `pull_request_review` events of one; each bears the whole pull request as it stands. */
export const pullDeliveries = (world: World, pull: Pull): readonly Delivery[] => {
  const { openedMillis, firstSha, isDraft } = pull
  let state: State = { atMillis: openedMillis, sha: firstSha, commits: 1, isDraft, isEdited: false }
  const opened = delivery(world, pull, 'opened', state, 0)
  const later = pull.changes.map((change, at) => {
    state = after(state, change)
    return delivery(world, pull, change, state, at + 1)
  })
  return [opened, ...later]
}

const after = ({ before: _, ...state }: State, change: PullChange): State => {
  const now: State = { ...state, atMillis: change.atMillis }
  switch (change.kind) {
    case 'pushed':
      return { ...now, sha: change.sha, before: state.sha, commits: state.commits + 1 }
    case 'drafted':
      return { ...now, isDraft: true }
    case 'ready':
      return { ...now, isDraft: false }
    case 'edited':
      return { ...now, isEdited: true }
    case 'closed':
      return {
        ...now,
        closed: { atMillis: change.atMillis, ...(change.merge === undefined ? {} : { merge: change.merge }) },
      }
    case 'reopened': {
      const { closed: _closed, ...open } = now
      return open
    }
    case 'reviewed':
    case 'review requested':
      return now
  }
}

const delivery = (world: World, pull: Pull, change: PullChange | 'opened', state: State, at: number): Delivery => {
  const isReview = change !== 'opened' && change.kind === 'reviewed'
  return {
    id: `${pull.id} ${at}`,
    atMillis: state.atMillis,
    target: { source: 'github', event: isReview ? 'pull_request_review' : 'pull_request' },
    body: () => bodyOf(world, pull, change, state),
    telling: tellingOf(world, pull, change, state),
  }
}

const ACTIONS: Readonly<Record<Exclude<PullChange['kind'], 'reviewed'>, PullRequestAction>> = {
  pushed: 'synchronize',
  'review requested': 'review_requested',
  drafted: 'converted_to_draft',
  ready: 'ready_for_review',
  edited: 'edited',
  closed: 'closed',
  reopened: 'reopened',
}

const bodyOf = (world: World, pull: Pull, change: PullChange | 'opened', state: State): JsonObject => {
  const facts = factsOf(world, pull, state)
  if (change === 'opened') return pullRequestEvent('opened', facts, pull.author)
  if (change.kind === 'reviewed') return reviewEvent(facts, change)
  return pullRequestEvent(ACTIONS[change.kind], facts, pull.author, moreOf(change, state))
}

const moreOf = (change: PullChange, { before, sha }: State): JsonObject => {
  if (change.kind === 'pushed' && before !== undefined) return { before, after: sha }
  return change.kind === 'review requested' ? { requested_reviewer: githubUser(change.of) } : {}
}

const factsOf = (world: World, pull: Pull, state: State): PullRequestFacts => {
  const { atMillis, sha, commits, isDraft, isEdited, closed } = state
  const merge = closed?.merge
  return {
    repository: pull.place.facts,
    ...(pull.isFork ? { headRepository: pull.place.fork } : {}),
    number: world.numberOf(pull.id),
    ...textsOf(world, pull, isEdited),
    author: pull.author,
    baseBranch: pull.base,
    isDraft,
    headSha: sha,
    baseSha: shaOf(pull.place.fullName, 'base', pull.openedMillis),
    commits,
    createdMillis: pull.openedMillis,
    updatedMillis: atMillis,
    ...(closed === undefined ? {} : { closedMillis: closed.atMillis }),
    ...(merge === undefined ? {} : { merge: { sha: merge.sha, by: merge.by } }),
  }
}

const tellingOf = (world: World, pull: Pull, change: PullChange | 'opened', state: State): PullTelling => {
  const { atMillis, sha, before, isEdited, closed } = state
  const says = isEdited ? (pull.saysLater ?? pull.says) : pull.says
  const inOrder = ['title', 'body'] as const
  const byBranch = pull.branch.kind === 'marker' ? [pull.branch.of] : []
  const marked = [
    ...byBranch,
    ...inOrder.flatMap((place) => says.markers.filter((one) => one.in === place).map(({ of }) => of)),
  ]
  const closes = inOrder.flatMap((place) => says.closes.filter((one) => one.in === place).map(({ of }) => of))
  const numbered = pull.branch.kind === 'number' ? pull.branch.of : undefined
  const head = pull.isFork
    ? `github.com/${pull.place.fork.owner}/${pull.place.fork.name}`
    : repositoryPath(pull.place.address)
  const { branch } = textsOf(world, pull, false)
  const merge = closed?.merge
  return {
    kind: 'pull_request',
    key: keyOfPull(world, pull),
    atMillis,
    createdMillis: pull.openedMillis,
    author: pull.author.login,
    repository: repositoryPath(pull.place.address),
    marked: marked.map((id) => keyOfIssue(world, id)),
    closes: closes.map((id) => keyOfIssue(world, id)),
    ...(numbered === undefined ? {} : { numbered: keyOfIssue(world, numbered) }),
    branch: `${head}:${branch}`,
    heads: before === undefined ? [sha] : [before, sha],
    ...(closed === undefined
      ? {}
      : { ended: { atMillis: closed.atMillis, result: merge === undefined ? 'cancellation' : 'success' } }),
    ...(merge === undefined ? {} : { merged: { sha: merge.sha, lands: pull.base === 'main' } }),
    ...(change !== 'opened' && change.kind === 'reopened' ? { reopenedMillis: atMillis } : {}),
    ...(change !== 'opened' && change.kind === 'reviewed' ? { review: { by: change.by.login, atMillis } } : {}),
  }
}
