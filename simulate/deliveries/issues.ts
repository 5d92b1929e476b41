import { SECOND } from '../../demo/history/time.ts'
import { type IssueFacts, issuesEvent } from '../../demo/payloads/github-issue.ts'
import { githubLabel } from '../../demo/payloads/github-label.ts'
import type { Issue, IssueChange, World } from '../world/model.ts'
import type { Delivery } from './delivery.ts'
import { keyOfIssue } from './keys.ts'
import type { IssueTelling, Result } from './telling.ts'

const RESULTS: Readonly<Record<NonNullable<IssueChange['reason']>, Result>> = {
  completed: 'success',
  not_planned: 'cancellation',
}

/** How an issue stands after some of its changes. */
interface State {
  readonly atMillis: number
  readonly labels: readonly string[]
  readonly closed?: { readonly atMillis: number; readonly reason: NonNullable<IssueChange['reason']> }
  readonly wasReopened: boolean
}

/** The `issues` events of an issue; each bears the whole issue as it stands. */
export const issueDeliveries = (world: World, issue: Issue): readonly Delivery[] => {
  let state: State = { atMillis: issue.openedMillis, labels: [], wasReopened: false }
  const opened = delivery(world, issue, 'opened', state, 0)
  const later = issue.changes.map((change, at) => {
    state = after(state, change)
    return delivery(world, issue, change.action, state, at + 1)
  })
  return [opened, ...later]
}

const after = ({ labels, closed, wasReopened }: State, { action, atMillis, reason }: IssueChange): State => {
  if (action === 'closed') return { atMillis, labels, wasReopened, closed: { atMillis, reason: reason ?? 'completed' } }
  if (action === 'reopened') return { atMillis, labels, wasReopened: true }
  return { atMillis, labels: ['bug'], wasReopened, ...(closed === undefined ? {} : { closed }) }
}

const delivery = (
  world: World,
  issue: Issue,
  action: 'opened' | IssueChange['action'],
  state: State,
  at: number,
): Delivery => ({
  id: `${issue.id} ${at}`,
  // The close comes with the merge or right after it; two deliveries of a second are still two.
  atMillis: state.atMillis + (action === 'reopened' ? SECOND / 2 : 0),
  target: { source: 'github', event: 'issues' },
  body: () => issuesEvent(action, factsOf(world, issue, state), issue.author, moreOf(issue, action)),
  telling: tellingOf(world, issue, action, state),
})

const moreOf = ({ place }: Issue, action: string) =>
  action === 'labeled' ? { label: githubLabel(`https://api.github.com/repos/${place.fullName}`, 'bug') } : {}

const factsOf = (world: World, issue: Issue, { atMillis, labels, closed, wasReopened }: State): IssueFacts => ({
  repository: issue.place.facts,
  number: world.numberOf(issue.id),
  title: `What is wrong (${issue.id})`,
  body: 'Seen on the sample system.',
  author: issue.author,
  labels,
  comments: 1,
  createdMillis: issue.openedMillis,
  updatedMillis: atMillis,
  ...(closed === undefined ? {} : { closedMillis: closed.atMillis, stateReason: closed.reason }),
  ...(closed === undefined && wasReopened ? { stateReason: 'reopened' as const } : {}),
})

const tellingOf = (world: World, issue: Issue, action: string, { atMillis, closed }: State): IssueTelling => ({
  kind: 'issue',
  key: keyOfIssue(world, issue.id),
  atMillis,
  createdMillis: issue.openedMillis,
  ...(action === 'reopened' ? { reopenedMillis: atMillis } : {}),
  ...(closed === undefined ? {} : { ended: { atMillis: closed.atMillis, result: RESULTS[closed.reason] } }),
})
