import { guidOf } from '../history/hash.ts'
import { MINUTE } from '../history/time.ts'
import { type IssueFacts, issuesEvent } from '../payloads/github-issue.ts'
import { githubLabel } from '../payloads/github-label.ts'
import type { JsonObject } from '../payloads/json.ts'
import { fullName, repositoryFacts, type Scene } from './scene.ts'
import type { Webhook } from './webhook.ts'

/** `issues` events: opened, labeled with the team, and every close and reopening. */
export const issueWebhooks = (scene: Scene): readonly Webhook[] => {
  const { issue } = scene
  const team = `team:${issue.team}`
  const labels = [issue.kind, team]
  const labeledMillis = issue.openedMillis + 3 * MINUTE
  const label = githubLabel(`https://api.github.com/repos/${fullName(scene)}`, team)
  return [
    webhook(scene, 'opened', issue.openedMillis, { labels: [issue.kind] }),
    webhook(scene, 'labeled', labeledMillis, { labels, assignee: issue.assignee }, { label }),
    ...issue.closings.flatMap(({ closedMillis, reason, reopenedMillis }, at) => {
      const known = { labels, assignee: issue.assignee, comments: 1 + (issue.title.length % 7) }
      const closed = webhook(scene, 'closed', closedMillis, { ...known, closedMillis, stateReason: reason })
      const closing = { ...closed, finishes: { activity: closed.name, episode: at + 1 } }
      return reopenedMillis === undefined
        ? [closing]
        : [closing, webhook(scene, 'reopened', reopenedMillis, { ...known, stateReason: 'reopened' })]
    }),
  ]
}

type State = Partial<IssueFacts> & Pick<IssueFacts, 'labels'>

const webhook = (
  scene: Scene,
  action: Parameters<typeof issuesEvent>[0],
  atMillis: number,
  state: State,
  more?: JsonObject,
): Webhook & { readonly name: string } => {
  const { issue, numbers } = scene
  const number = numbers.of(issue)
  const name = `${fullName(scene)}#${number}`
  const facts = (): IssueFacts => ({
    repository: repositoryFacts(scene),
    number,
    title: issue.title,
    body: 'Seen on the sample system.',
    author: issue.author,
    comments: 0,
    createdMillis: issue.openedMillis,
    updatedMillis: atMillis,
    ...state,
  })
  const sender = action === 'opened' ? issue.author : issue.assignee
  return {
    name,
    atMillis,
    target: { source: 'github', event: 'issues', deliveryId: guidOf(name, action, atMillis) },
    body: () => issuesEvent(action, facts(), sender, more),
    operation: 'issue',
  }
}
