import { issuesPayload, pullRequestPayload } from '../payloads/github.ts'
import { gathererEnd, gathererStart } from '../payloads/jenkins.ts'
import { activityOf, openSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(() => system.close())

const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const RUN = 'https://ci.acme.com/job/codertocat/job/hello-world/job/PR-2/3/'
const DEPLOY = 'https://ci.acme.com/job/codertocat/job/hello-world-deploy/9/'

const deploy = {
  jobName: 'hello-world-deploy',
  fullJobName: 'codertocat/hello-world-deploy',
  number: 9,
  buildUrl: 'job/codertocat/job/hello-world-deploy/9/',
}

const REPOSITORY = {
  service: 'github',
  'scm.repository.id': 186853002,
  'scm.repository.url': 'https://github.com/Codertocat/Hello-World',
  'scm.repository.name': 'Hello-World',
  'scm.repository.full_name': 'Codertocat/Hello-World',
  'scm.repository.private': false,
  'vcs.provider.name': 'github',
  'vcs.owner.name': 'Codertocat',
  'vcs.repository.name': 'Hello-World',
  'vcs.repository.url.full': 'https://github.com/Codertocat/Hello-World',
  'user.name': 'Codertocat',
  'user.id': 21031067,
  'user.url': 'https://github.com/Codertocat',
}
const GITHUB_RESOURCE = {
  'service.name': 'github',
  'vcs.provider.name': 'github',
  'vcs.owner.name': 'Codertocat',
  'vcs.repository.name': 'Hello-World',
  'vcs.repository.url.full': 'https://github.com/Codertocat/Hello-World',
}
const CHECKOUT = {
  'scm.branch': 'changes',
  'scm.head.sha': SHA,
  'scm.head.url': 'https://github.com/Codertocat/Hello-World.git',
  'vcs.ref.head.name': 'changes',
  'vcs.ref.head.revision': SHA,
  'vcs.ref.head.type': 'branch',
  'vcs.provider.name': 'github',
  'vcs.owner.name': 'Codertocat',
  'vcs.repository.name': 'Hello-World',
  'vcs.repository.url.full': 'https://github.com/Codertocat/Hello-World',
}
const CHECKOUT_RESOURCE = {
  'service.name': 'jenkins',
  'vcs.provider.name': 'github',
  'vcs.owner.name': 'Codertocat',
  'vcs.repository.name': 'Hello-World',
  'vcs.repository.url.full': 'https://github.com/Codertocat/Hello-World',
}
const STARTED = {
  service: 'jenkins',
  'build.ci.url': 'https://ci.acme.com/',
  'build.context_id': 102490963,
  'build.started.user.name': 'Ada',
  'build.started.user.id': 'ada',
  'build.queue_millis': 4200,
  'cicd.worker.name': 'linux-1',
}

it('turns the webhooks of one piece of work into one trace, whose ids the answers have told before', async () => {
  const answers = [
    await system.github('issues', issuesPayload('opened', {})),
    await system.github('pull_request', pullRequestPayload('opened', { body: 'Closes #1' })),
    await system.jenkins(gathererStart()),
    await system.jenkins(gathererEnd()),
    await system.jenkins(
      gathererStart({
        ...deploy,
        startTime: 1_557_994_800_000,
        buildCause: 'Started by upstream project "codertocat/hello-world/PR-2" build number 3',
        parameters: { type: 'deploy', deploy_type: 'ami', environment: 'production' },
      }),
    ),
    await system.jenkins(
      gathererEnd({ ...deploy, endTime: 1_557_998_400_000, duration: 3_600_000, result: 'FAILURE' }),
    ),
    await system.github(
      'pull_request',
      pullRequestPayload('closed', {
        body: 'Closes #1',
        state: 'closed',
        merged: true,
        merge_commit_sha: 'a'.repeat(40),
        closed_at: '2019-05-16T08:00:00Z',
        updated_at: '2019-05-16T08:00:00Z',
      }),
    ),
    await system.github(
      'issues',
      issuesPayload('closed', {
        state: 'closed',
        state_reason: 'completed',
        closed_at: '2019-05-16T10:00:00Z',
        updated_at: '2019-05-16T10:00:00Z',
      }),
    ),
  ].map(activityOf)

  const traceId = 'f17e1580dd4a5d11482c6190c45e2a61'
  const [ISSUE, PULL, BUILD, DEPLOYED] = [
    'fd65c08e67e0e500',
    '023b02aa284cc252',
    'b3f77f3942f5b622',
    '6e7c8981d2178345',
  ]
  const pullRequest = {
    'pull_request.url': 'https://github.com/Codertocat/Hello-World/pull/2',
    'pull_request.draft': false,
    'pull_request.merged': true,
    'pull_request.merge_commit_sha': 'a'.repeat(40),
    'pull_request.commits': 1,
    'pull_request.additions': 1,
    'pull_request.deletions': 1,
    'pull_request.changed_files': 1,
    'pull_request.comments_count': 0,
    'pull_request.review_comments_count': 0,
    'vcs.change.id': '2',
    'vcs.change.title': 'Update the README with new information.',
    'vcs.change.state': 'merged',
    'scm.head.label': 'Codertocat:changes',
    'scm.head.ref': 'changes',
    'scm.head.sha': SHA,
    'scm.head.url': 'https://github.com/Codertocat/Hello-World',
    'vcs.ref.head.name': 'changes',
    'vcs.ref.head.revision': SHA,
    'vcs.ref.head.type': 'branch',
    'scm.base.label': 'Codertocat:master',
    'scm.base.ref': 'master',
    'scm.base.sha': 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
    'scm.base.repo.id': 186853002,
    'scm.base.repo.name': 'Hello-World',
    'scm.base.repo.full_name': 'Codertocat/Hello-World',
    'scm.base.repo.private': false,
    'vcs.ref.base.name': 'master',
    'vcs.ref.base.revision': 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
    'vcs.ref.base.type': 'branch',
  }
  expect(system.backend.spans).toEqual([
    {
      traceId,
      spanId: BUILD,
      parentSpanId: PULL,
      name: 'build',
      kind: 2,
      startMillis: 1_557_933_700_000,
      endMillis: 1_557_934_000_000,
      statusCode: 0,
      links: [],
      events: [],
      resource: { ...CHECKOUT_RESOURCE, 'cicd.pipeline.name': 'codertocat/hello-world/PR-2' },
      attributes: {
        ...STARTED,
        ...CHECKOUT,
        'build.url': RUN,
        'build.job.name': 'PR-2',
        'build.job.full_name': 'codertocat/hello-world/PR-2',
        'build.number': 3,
        'build.cause': 'Started by user Ada',
        'build.parameter.suite': 'full',
        'build.result': 'SUCCESS',
        'cicd.pipeline.name': 'codertocat/hello-world/PR-2',
        'cicd.pipeline.run.id': '3',
        'cicd.pipeline.run.url.full': RUN,
        'cicd.pipeline.result': 'success',
        'cicd.pipeline.action.name': 'BUILD',
        'valuestream.activity.key': `run:${RUN}`,
        'valuestream.result': 'success',
        'valuestream.episode': 1,
        'valuestream.link.reason': 'pull_request_number',
      },
    },
    {
      traceId,
      spanId: DEPLOYED,
      parentSpanId: BUILD,
      name: 'deploy',
      kind: 2,
      startMillis: 1_557_994_800_000,
      endMillis: 1_557_998_400_000,
      statusCode: 2,
      links: [],
      events: [],
      resource: { ...CHECKOUT_RESOURCE, 'cicd.pipeline.name': 'codertocat/hello-world-deploy' },
      attributes: {
        ...STARTED,
        ...CHECKOUT,
        'build.url': DEPLOY,
        'build.job.name': 'hello-world-deploy',
        'build.job.full_name': 'codertocat/hello-world-deploy',
        'build.number': 9,
        'build.cause': 'Started by upstream project "codertocat/hello-world/PR-2" build number 3',
        'build.parameter.type': 'deploy',
        'build.parameter.deploy_type': 'ami',
        'build.parameter.environment': 'production',
        'build.result': 'FAILURE',
        'cicd.pipeline.name': 'codertocat/hello-world-deploy',
        'cicd.pipeline.run.id': '9',
        'cicd.pipeline.run.url.full': DEPLOY,
        'cicd.pipeline.result': 'failure',
        'cicd.pipeline.action.name': 'RUN',
        'deployment.name': 'codertocat/hello-world-deploy',
        'deployment.id': '9',
        'deployment.status': 'failed',
        'deployment.environment.name': 'production',
        'deployment.production': true,
        error: true,
        'error.type': 'failure',
        'valuestream.activity.key': `run:${DEPLOY}`,
        'valuestream.result': 'failure',
        'valuestream.episode': 1,
        'valuestream.link.reason': 'upstream_build',
      },
    },
    {
      traceId,
      spanId: PULL,
      parentSpanId: ISSUE,
      name: 'pull_request',
      kind: 1,
      startMillis: Date.UTC(2019, 4, 15, 15, 20, 33),
      endMillis: Date.UTC(2019, 4, 16, 8),
      statusCode: 0,
      links: [],
      events: [],
      resource: GITHUB_RESOURCE,
      attributes: {
        ...REPOSITORY,
        ...pullRequest,
        'valuestream.activity.key': 'pull_request:github.com/codertocat/hello-world#2',
        'valuestream.result': 'success',
        'valuestream.episode': 1,
        'valuestream.link.reason': 'closing_keyword',
      },
    },
    {
      traceId,
      spanId: ISSUE,
      name: 'issue',
      kind: 1,
      startMillis: Date.UTC(2019, 4, 15, 15, 20, 18),
      endMillis: Date.UTC(2019, 4, 16, 10),
      statusCode: 0,
      links: [],
      events: [],
      resource: GITHUB_RESOURCE,
      attributes: {
        ...REPOSITORY,
        'issue.number': 1,
        'issue.url': 'https://github.com/Codertocat/Hello-World/issues/1',
        'issue.title': 'Spelling error in the README file',
        'issue.comments_count': 0,
        'issue.project.name': 'Hello-World',
        'issue.labels': ['bug'],
        'issue.milestone': 'v1.0',
        'issue.assignees': ['Codertocat'],
        'issue.state_reason': 'completed',
        'valuestream.activity.key': 'issue:github.com/codertocat/hello-world#1',
        'valuestream.result': 'success',
        'valuestream.episode': 1,
      },
    },
  ])
  const activities = [ISSUE, PULL, BUILD, BUILD, DEPLOYED, DEPLOYED, PULL, ISSUE].map((spanId) => [
    spanId,
    `00-${traceId}-${spanId}-01`,
  ])
  expect(answers.map(({ spanId, traceparent }) => [spanId, traceparent])).toEqual(activities)
})
