import { guidOf, shaOf } from '../history/hash.ts'
import type { IssueLink, PullRequestStory } from '../history/story.ts'
import { type PullRequestFacts, pullRequestEvent } from '../payloads/github-pull-request.ts'
import type { JsonObject } from '../payloads/json.ts'
import { fullName, repositoryFacts, type Scene } from './scene.ts'
import type { Webhook } from './webhook.ts'

/** `pull_request` events: opened, synchronize for every later push, and the close, merged or not. */
export const pullRequestWebhooks = (scene: Scene, pull: PullRequestStory): readonly Webhook[] => {
  const { openedMillis, pushes, closedMillis, mergeSha } = pull
  const last = pushes.at(-1) ?? pushes[0]
  const merge = mergeSha === undefined ? {} : { merge: { sha: mergeSha, by: scene.issue.assignee } }
  return [
    webhook(scene, pull, 'opened', openedMillis, { headSha: pushes[0].sha, commits: 1 }),
    ...pushes.slice(1).map(({ atMillis, sha }, at) => {
      const before = pushes[at]?.sha ?? sha
      return webhook(scene, pull, 'synchronize', atMillis, { headSha: sha, commits: at + 2 }, { before, after: sha })
    }),
    {
      ...webhook(scene, pull, 'closed', closedMillis, {
        headSha: last.sha,
        commits: pushes.length,
        closedMillis,
        ...merge,
      }),
      finishes: { activity: nameOf(scene, pull), episode: 1 },
    },
  ]
}

/** The branch as the author named it, also for the builds of it. */
export const branchOf = (scene: Scene, pull: PullRequestStory): string => {
  const { issue, numbers } = scene
  const words = `${slug(issue.title)}${attemptSuffix(scene, pull)}`
  return pull.linkedBy === 'marker in branch'
    ? `vstrace-github-issue-${fullName(scene)}-${numbers.of(issue)}-${words}`
    : `${issue.kind === 'bug' ? 'fix' : 'feature'}/${words}`
}

const nameOf = (scene: Scene, pull: PullRequestStory): string => `${fullName(scene)}!${scene.numbers.of(pull)}`

const attemptSuffix = ({ issue }: Scene, pull: PullRequestStory): string => {
  const at = issue.pullRequests.indexOf(pull)
  return at > 0 ? `-${at + 1}` : ''
}

const slug = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-')

const titleOf = (scene: Scene, linkedBy: IssueLink): string => {
  const { issue, numbers } = scene
  const title = `${issue.kind === 'bug' ? 'Fix' : 'Add'}: ${issue.title}`
  const marker = `vstrace-github-issue-${fullName(scene)}-${numbers.of(issue)}`
  return linkedBy === 'marker in title' ? `${title} (${marker})` : title
}

const bodyOf = ({ issue, numbers }: Scene, linkedBy: IssueLink): string =>
  linkedBy === 'closing keyword' ? `What was wrong, and how it is put right.\n\nCloses #${numbers.of(issue)}` : ''

type State = Partial<PullRequestFacts> & Pick<PullRequestFacts, 'headSha' | 'commits'>

const webhook = (
  scene: Scene,
  pull: PullRequestStory,
  action: Parameters<typeof pullRequestEvent>[0],
  atMillis: number,
  state: State,
  more?: JsonObject,
): Webhook => {
  const facts = (): PullRequestFacts => ({
    repository: repositoryFacts(scene),
    number: scene.numbers.of(pull),
    title: titleOf(scene, pull.linkedBy),
    body: bodyOf(scene, pull.linkedBy),
    author: scene.issue.assignee,
    branch: branchOf(scene, pull),
    baseSha: shaOf(pull.pushes[0].sha, 'base'),
    createdMillis: pull.openedMillis,
    updatedMillis: atMillis,
    ...state,
  })
  return {
    atMillis,
    target: { source: 'github', event: 'pull_request', deliveryId: guidOf(nameOf(scene, pull), action, atMillis) },
    body: () => pullRequestEvent(action, facts(), scene.issue.assignee, more),
    operation: 'pull_request',
  }
}
