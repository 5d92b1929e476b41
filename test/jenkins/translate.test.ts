import { type Repository, repository } from '../../lib/delivery/activity.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { joinActivity } from '../../lib/delivery/reference.ts'
import { translate } from '../../lib/jenkins/translate.ts'
import { gathererEnd, gathererStart, notification } from '../payloads/jenkins.ts'

const translated = (
  payload: unknown,
  repositoryOfJob: (fullName: string) => Repository | undefined = () => undefined,
) =>
  translate(
    { headers: {}, query: {}, pathParameters: {}, body: Buffer.from(JSON.stringify(payload)) },
    { githubHost: 'github.com', repositoryOfJob },
  )

const eventOf = (payload: unknown): DeliveryEvent => {
  const translation = translated(payload)
  const event = translation.kind === 'events' ? translation.events[0] : undefined
  if (event === undefined) throw new Error(JSON.stringify(translation))
  return event
}

const RUN = 'https://ci.acme.com/job/codertocat/job/hello-world/job/PR-2/3/'
const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const ABOUT_RUN = {
  service: 'jenkins',
  'build.ci.url': 'https://ci.acme.com/',
  'build.url': RUN,
  'build.job.name': 'PR-2',
  'build.job.full_name': 'codertocat/hello-world/PR-2',
  'build.number': 3,
  'cicd.pipeline.name': 'codertocat/hello-world/PR-2',
  'cicd.pipeline.run.id': '3',
  'cicd.pipeline.run.url.full': RUN,
}
const PULL_REQUEST = 'pull_request:github.com/codertocat/hello-world#2'

describe("translating the Statistics Gatherer's events", () => {
  it('tells the start of a run, where it was found and no secret', () => {
    const event = eventOf(gathererStart())
    expect(event).toEqual({
      key: `run:${RUN}`,
      operation: 'build',
      stage: 'started',
      observedMillis: 1_557_933_700_000,
      opened: { atMillis: 1_557_933_700_000, certainty: 'reported' },
      attributes: {
        ...ABOUT_RUN,
        'build.context_id': 102490963,
        'build.cause': 'Started by user Ada',
        'build.started.user.name': 'Ada',
        'build.started.user.id': 'ada',
        'build.queue_millis': 4200,
        'build.parameter.suite': 'full',
        'cicd.worker.name': 'linux-1',
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
      },
      references: {
        pull_request_number: [{ kind: 'activity', key: PULL_REQUEST, unseen: 'join' }],
        head_sha: [{ kind: 'name', name: `head:${SHA}` }],
        merge_sha: [{ kind: 'name', name: `landed:${SHA}` }],
        branch: [{ kind: 'name', name: 'branch:github.com/codertocat/hello-world:changes' }],
      },
      names: [],
    })
    expect(JSON.stringify(event)).not.toMatch(/hunter2|s3cret/)
  })

  it('takes from the end neither its false start nor the values that it has lost', () => {
    expect(eventOf(gathererEnd())).toEqual({
      key: `run:${RUN}`,
      operation: 'build',
      stage: 'finished',
      observedMillis: 1_557_934_000_000,
      opened: { atMillis: 1_557_933_700_000, certainty: 'derived' },
      ended: { atMillis: 1_557_934_000_000, certainty: 'reported', result: 'success' },
      attributes: { ...ABOUT_RUN, 'build.result': 'SUCCESS' },
      references: { pull_request_number: [{ kind: 'activity', key: PULL_REQUEST, unseen: 'wait' }] },
      names: [],
    })
  })

  it('reads times in seconds as seconds', () => {
    const start = eventOf(gathererStart({ startTime: 1_557_933_700 }))
    const end = eventOf(gathererEnd({ endTime: 1_557_934_000, duration: 300_000 }))
    expect([start.opened.atMillis, end.opened.atMillis, end.ended?.atMillis]).toEqual([
      1_557_933_700_000, 1_557_933_700_000, 1_557_934_000_000,
    ])
  })

  it("reads the README's spelling of who started it", () => {
    const event = eventOf(gathererStart({ startedUserName: undefined, startedUsername: 'Grace' }))
    expect(event.attributes['build.started.user.name']).toBe('Grace')
  })

  it.each([
    ['SUCCESS', 'success'],
    ['UNSTABLE', 'success'],
    ['FAILURE', 'failure'],
    ['ABORTED', 'cancellation'],
    ['NOT_BUILT', 'skip'],
    ['UNKNOWN', 'error'],
    ['WHATEVER', 'error'],
  ])('takes %s for %s', (word, result) => {
    const event = eventOf(gathererEnd({ result: word }))
    expect([event.ended?.result, event.attributes['build.result']]).toEqual([result, word])
  })

  it.each([
    ['a parameter', { parameters: { type: 'deploy' } }, 'deploy'],
    ['a name that ends so', { fullJobName: 'acme/shop-deploy' }, 'deploy'],
    ['a name that begins so', { fullJobName: 'deploy_shop' }, 'deploy'],
    ['another parameter', { parameters: { type: 'nightly' } }, 'build'],
    ['a name that only contains it', { fullJobName: 'deployable' }, 'build'],
    ['a branch of that name', { fullJobName: 'acme/shop/deploy', scmInfo: { branch: 'origin/deploy' } }, 'build'],
  ])('tells by %s what the run is', (_by, more, operation) => {
    expect(eventOf(gathererStart(more)).operation).toBe(operation)
  })

  it('finds the run that started it, by its sentence', () => {
    const cause = 'Started by upstream project "acme/hello world/PR-2" build number 7'
    const { references } = eventOf(gathererStart({ ciUrl: 'https://acme.com/jenkins', buildCause: cause }))
    expect(references.upstream_build).toEqual([
      { kind: 'activity', key: 'run:https://acme.com/jenkins/job/acme/job/hello%20world/job/PR-2/7/', unseen: 'join' },
    ])
  })

  it('reads the marker in a parameter, also without an owner', () => {
    const marked = (value: string) =>
      eventOf(gathererStart({ parameters: { 'vstrace-trace-id': value } })).references.marker
    const key = 'issue:github.com/codertocat/hello-world#5'
    expect(marked('vstrace-github-issue-Codertocat/Hello-World-5')).toEqual([{ kind: 'activity', key, unseen: 'join' }])
    expect(marked('vstrace-github-issue-hello-world-5')).toEqual([{ kind: 'activity', key, unseen: 'join' }])
  })

  it.each([
    ['ciUrl', { ciUrl: '' }, 'the field ciUrl is missing or of the wrong type'],
    ['startTime', { startTime: 0 }, 'the field startTime is not a time'],
    ['number', { number: '3' }, 'the field number is missing or of the wrong type'],
    ['fullJobName', { fullJobName: undefined }, 'the field fullJobName is missing or of the wrong type'],
  ])('says that %s is wrong', (_field, more, reason) => {
    expect(translated(gathererStart(more))).toEqual({ kind: 'malformed', reason })
  })

  it.each([
    ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', 'traceparent'],
    ['TRACEPARENT', '00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-00', 'traceparent'],
  ])('takes the W3C trace context in the parameter %s as a parent', (name, value, reason) => {
    expect(eventOf(gathererStart({ parameters: { [name]: value } })).references).toMatchObject({
      [reason]: [{ kind: 'span', traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }],
    })
  })

  it.each([
    'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    '4bf92f3577b34da6a3ce929d0e0e4736',
  ])('takes %s for no trace context', (traceparent) => {
    expect(eventOf(gathererStart({ parameters: { traceparent } })).references.traceparent).toBeUndefined()
  })

  it('finds the pull request by the parameter CHANGE_ID, certain where the repository is', () => {
    const start = { parameters: { CHANGE_ID: '7' }, fullJobName: 'acme/shop/smoke' }
    expect(eventOf(gathererStart(start)).references.change_id).toEqual([
      { kind: 'activity', key: 'pull_request:github.com/codertocat/hello-world#7', unseen: 'join' },
    ])
    expect(eventOf(gathererStart({ ...start, scmInfo: {} })).references.change_id).toEqual([
      { kind: 'activity', key: 'pull_request:github.com/acme/shop#7', unseen: 'wait' },
    ])
    expect(eventOf(gathererStart({ parameters: { CHANGE_ID: '7x' } })).references.change_id).toBeUndefined()
  })

  it('takes the repository from the settings where the payload names none', () => {
    const repositoryOfJob = (fullName: string) =>
      fullName === 'PR-9' ? repository('github.com', 'acme', 'shop') : undefined
    const start = gathererStart({ fullJobName: 'PR-9', scmInfo: {} })
    const translation = translated(start, repositoryOfJob)
    expect(translation.kind === 'events' && translation.events[0]).toMatchObject({
      attributes: {
        'vcs.owner.name': 'acme',
        'vcs.repository.name': 'shop',
        'vcs.repository.url.full': 'https://github.com/acme/shop',
      },
      references: { pull_request_number: [joinActivity('pull_request:github.com/acme/shop#9')] },
    })
  })
})

describe("translating the Notification plugin's events", () => {
  it('tells the end of a run', () => {
    const payload = notification({
      phase: 'COMPLETED',
      status: 'UNSTABLE',
      timestamp: 1_557_934_000_000,
      duration: 300_000,
      parameters: { type: 'deploy', deploy_type: 'ami' },
      scm: { url: 'git@github.com:Codertocat/Hello-World.git', branch: 'refs/heads/changes', commit: SHA },
      test_summary: { total: 10, failed: 1, passed: 8, skipped: 1, failed_tests: [] },
    })
    expect(eventOf(payload)).toEqual({
      key: `run:${RUN}`,
      operation: 'deploy',
      stage: 'finished',
      observedMillis: 1_557_934_000_000,
      opened: { atMillis: 1_557_933_700_000, certainty: 'derived' },
      ended: { atMillis: 1_557_934_000_000, certainty: 'reported', result: 'success' },
      attributes: {
        ...ABOUT_RUN,
        'build.result': 'UNSTABLE',
        'build.parameter.type': 'deploy',
        'build.parameter.deploy_type': 'ami',
        'build.tests.total': 10,
        'build.tests.failed': 1,
        'build.tests.skipped': 1,
        'scm.branch': 'changes',
        'scm.head.sha': SHA,
        'scm.head.url': 'git@github.com:Codertocat/Hello-World.git',
        'vcs.ref.head.name': 'changes',
        'vcs.ref.head.revision': SHA,
        'vcs.ref.head.type': 'branch',
        'vcs.provider.name': 'github',
        'vcs.owner.name': 'Codertocat',
        'vcs.repository.name': 'Hello-World',
        'vcs.repository.url.full': 'https://github.com/Codertocat/Hello-World',
      },
      references: {
        pull_request_number: [{ kind: 'activity', key: PULL_REQUEST, unseen: 'join' }],
        head_sha: [{ kind: 'name', name: `head:${SHA}` }],
        merge_sha: [{ kind: 'name', name: `landed:${SHA}` }],
        branch: [{ kind: 'name', name: 'branch:github.com/codertocat/hello-world:changes' }],
      },
      names: [],
    })
  })

  it.each([
    ['QUEUED', { opened: { atMillis: 1_557_933_700_000, certainty: 'estimated' } }],
    ['STARTED', { opened: { atMillis: 1_557_933_700_000, certainty: 'reported' } }],
    [
      'FINALIZED',
      {
        opened: { atMillis: 1_557_933_690_000, certainty: 'estimated' },
        ended: { atMillis: 1_557_933_700_000, certainty: 'estimated', result: 'failure', durationMillis: 10_000 },
      },
    ],
  ])('knows what the time of %s means', (phase, moments) => {
    const { opened, ended } = eventOf(notification({ phase, status: 'FAILURE', duration: 10_000 }))
    expect({ opened, ...(ended === undefined ? {} : { ended }) }).toEqual(moments)
  })

  it('ignores a phase that tells nothing', () => {
    expect(translated(notification({ phase: 'NONE' }))).toEqual({
      kind: 'ignored',
      reason: 'this phase of a run tells neither its start nor its end',
    })
  })

  it('is the same run as the other plugin tells of', () => {
    expect(eventOf(notification({})).key).toBe(eventOf(gathererStart()).key)
  })

  it('says when Jenkins does not know its own address', () => {
    expect(translated(notification({ full_url: undefined }))).toEqual({
      kind: 'malformed',
      reason: 'the field build.full_url is missing or of the wrong type',
    })
  })
})

it.each([
  ['queue', { ciUrl: 'https://ci.acme.com/', jobName: 'shop', entryTime: 0, jenkinsQueueId: 7, queueCauses: [] }],
  ['job', { ciUrl: 'https://ci.acme.com/', name: 'shop', jobUrl: 'job/shop/', status: 'ACTIVE', configFile: '' }],
  ['build step', { buildUrl: 'job/shop/3/', buildStepType: 'Shell', buildStepId: 'a', startTime: 0, endTime: 0 }],
  ['checkout', { buildUrl: 'job/shop/3/', startTime: 1_557_933_700_000, endTime: 0 }],
])("ignores the Statistics Gatherer's report on a %s, which comes unasked over a topic", (_what, payload) => {
  expect(translated(payload)).toEqual({
    kind: 'ignored',
    reason: "neither the Statistics Gatherer's build events nor the Notification plugin's",
  })
})

it('ignores what is of neither plugin', () => {
  const ignored = {
    kind: 'ignored',
    reason: "neither the Statistics Gatherer's build events nor the Notification plugin's",
  }
  expect([{}, [], null, 'text', { scmUrl: 'x' }].map((payload) => translated(payload))).toEqual([
    ignored,
    ignored,
    ignored,
    ignored,
    ignored,
  ])
})
