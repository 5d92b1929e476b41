import type { DeployStory, PullRequestStory, RunStory } from '../history/story.ts'
import { SECOND } from '../history/time.ts'
import type { Reporter } from '../history/world.ts'
import type { JenkinsRun } from '../payloads/jenkins-run.ts'
import type { JsonObject } from '../payloads/json.ts'
import { notification } from '../payloads/notification.ts'
import { gathererEnd, gathererStart } from '../payloads/statistics-gatherer.ts'
import { branchOf } from './pull-request-webhooks.ts'
import { fullName, type Scene } from './scene.ts'
import type { Webhook } from './webhook.ts'

/** The builds of a pull request: the runs of the multibranch job `PR-<n>`, one a push. */
export const buildWebhooks = (scene: Scene, pull: PullRequestStory): readonly Webhook[] =>
  pull.pushes.flatMap(({ build, sha }, at) =>
    runWebhooks(scene, 'build', {
      ...storyOf(scene, build),
      fullJobName: buildJob(scene, pull),
      number: at + 1,
      cause: at === 0 ? 'Branch indexing' : `Pull request #${scene.numbers.of(pull)} updated`,
      parameters: {},
      scm: { url: repositoryUrl(scene), branch: `origin/${branchOf(scene, pull)}`, commit: sha },
    }),
  )

/** The deploys that follow the merge: runs of the repository's one deploy job. */
export const deployWebhooks = (scene: Scene, pull: PullRequestStory): readonly Webhook[] =>
  pull.deploys.flatMap((deploy) =>
    runWebhooks(scene, 'deploy', {
      ...storyOf(scene, deploy),
      fullJobName: `${fullName(scene)}-deploy`,
      number: scene.numbers.of(deploy),
      cause: `Started by upstream project "${buildJob(scene, pull)}" build number ${pull.pushes.length}`,
      parameters: deployParameters(scene, pull, deploy),
      scm: { url: repositoryUrl(scene), branch: 'origin/main', commit: pull.mergeSha ?? '' },
    }),
  )

const buildJob = (scene: Scene, pull: PullRequestStory): string => `${fullName(scene)}/PR-${scene.numbers.of(pull)}`

const repositoryUrl = (scene: Scene): string => `https://github.com/${fullName(scene)}.git`

const storyOf = ({ issue: { assignee } }: Scene, { startMillis, endMillis, queueMillis, result }: RunStory) => ({
  startMillis,
  endMillis,
  queueMillis,
  result,
  startedBy: { login: assignee.login, name: assignee.name },
})

/** The Notification plugin tells no cause, so such a deploy says by a parameter what it belongs to. */
const deployParameters = (scene: Scene, pull: PullRequestStory, { environment }: DeployStory) => ({
  type: 'deploy',
  deploy_type: scene.issue.deployType,
  environment,
  ...(scene.issue.repository.reporter === 'notification'
    ? { 'vstrace-trace-id': `vstrace-github-pull_request-${fullName(scene)}-${scene.numbers.of(pull)}` }
    : {}),
})

interface Report {
  readonly atMillis: number
  readonly body: () => JsonObject
  readonly ends?: boolean
}

const REPORTS: Readonly<Record<Reporter, (run: JenkinsRun) => readonly Report[]>> = {
  'statistics gatherer': (run) => [
    { atMillis: run.startMillis, body: () => gathererStart(run) },
    { atMillis: run.endMillis, body: () => gathererEnd(run), ends: true },
  ],
  notification: (run) => {
    const queuedMillis = run.startMillis - run.queueMillis
    const finalizedMillis = run.endMillis + 3 * SECOND
    return [
      { atMillis: queuedMillis, body: () => notification('QUEUED', run, queuedMillis) },
      { atMillis: run.startMillis, body: () => notification('STARTED', run, run.startMillis) },
      { atMillis: run.endMillis, body: () => notification('COMPLETED', run, run.endMillis), ends: true },
      { atMillis: finalizedMillis, body: () => notification('FINALIZED', run, finalizedMillis) },
    ]
  },
}

const runWebhooks = (scene: Scene, operation: 'build' | 'deploy', run: JenkinsRun): readonly Webhook[] =>
  REPORTS[scene.issue.repository.reporter](run).map(({ atMillis, body, ends }) => ({
    atMillis,
    target: { source: 'jenkins' },
    body,
    operation,
    ...(ends ? { finishes: { activity: `${run.fullJobName} ${run.number}`, episode: 1 } } : {}),
  }))
