import { repository } from '../../lib/delivery/activity.ts'
import { joinActivity } from '../../lib/delivery/reference.ts'
import { gathererEnd, gathererStart } from '../payloads/jenkins.ts'
import { ABOUT_RUN, eventOf, PULL_REQUEST, RUN, SHA, translated } from './translated.ts'

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
