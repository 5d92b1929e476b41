import { change, cloudEvent, incident, pipelineRun, service } from '../payloads/events.ts'
import { eventOf, translated } from './translated.ts'

const AT = 1_772_366_400_123
const reported = { atMillis: AT, certainty: 'reported' }
const estimated = { atMillis: AT, certainty: 'estimated' }
const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const ARTIFACT = 'pkg:oci/shop@sha256%3A0b31'
const momentsOf = (payload: unknown) => {
  const { stage, opened, ended, queuedMillis } = eventOf(payload)
  return { stage, opened, ...(ended ? { ended } : {}), ...(queuedMillis ? { queuedMillis } : {}) }
}

describe("translating a CDEvent of a pipeline's run", () => {
  it('tells its end as that of a build, known by its address', () => {
    const content = { outcome: 'failure', errors: 'Unit tests failed' }
    expect(eventOf(pipelineRun('finished', { content }))).toEqual({
      key: 'run:https://dashboard.acme.com/shop/run-7/',
      operation: 'build',
      stage: 'finished',
      observedMillis: AT,
      opened: estimated,
      ended: { ...reported, result: 'failure' },
      attributes: {
        service: 'prod-shop',
        'event.id': 'shop/run-7',
        'event.type': 'dev.cdevents.pipelinerun.finished.0.3.0',
        'build.url': 'https://dashboard.acme.com/shop/run-7',
        'cicd.pipeline.name': 'shop-ci',
        'cicd.pipeline.run.id': 'shop/run-7',
        'cicd.pipeline.run.url.full': 'https://dashboard.acme.com/shop/run-7',
        'error.message': 'Unit tests failed',
      },
      references: {},
      names: [],
    })
  })

  it.each([
    ['queued', { stage: 'started', opened: estimated, queuedMillis: AT }],
    ['started', { stage: 'started', opened: reported }],
    ['finished', { stage: 'finished', opened: estimated, ended: { ...reported, result: 'success' } }],
  ])('tells when it was %s', (predicate, moments) => {
    expect(momentsOf(pipelineRun(predicate))).toEqual(moments)
  })

  it.each([
    [{ outcome: 'success' }, 'success'],
    [{ outcome: 'failure' }, 'failure'],
    [{ outcome: 'error' }, 'error'],
    [{ outcome: 'cancel' }, 'cancellation'],
    [{ outcome: 'Cancelled' }, 'cancellation'],
    [{ outcome: 'timeout' }, 'timeout'],
    [{ outcome: 'skipped' }, 'skip'],
    [{ outcome: 'constructor' }, 'error'],
    [{ errors: 'Out of memory' }, 'error'],
    [{}, 'success'],
  ])('tells of %j the result %s', (content, result) => {
    expect(eventOf(pipelineRun('finished', { content })).ended?.result).toBe(result)
  })

  it.each([
    [{ uri: undefined, url: 'https://dashboard.acme.com/run-7/' }, 'run:https://dashboard.acme.com/run-7/'],
    [{ uri: 'https://ci.acme.com/job/shop/7/console' }, 'run:https://ci.acme.com/job/shop/7/'],
    [
      { uri: 'https://github.com/Acme/shop/actions/runs/12' },
      'run:https://github.com/acme/shop/actions/runs/12/attempts/1/',
    ],
    [{ uri: 'https://ci.acme.com/job/shop/7/?auto_refresh=false' }, 'run:https://ci.acme.com/job/shop/7/'],
    [{ uri: 'https://dashboard.acme.com/' }, 'event:prod-shop/build/shop/run-7'],
    [{ uri: 'https://dashboard.acme.com/runs#7' }, 'event:prod-shop/build/shop/run-7'],
    [{ uri: 'https://dashboard.acme.com/run?id=7' }, 'event:prod-shop/build/shop/run-7'],
    [{ uri: 'job/shop/7/' }, 'event:prod-shop/build/shop/run-7'],
    [{ uri: undefined }, 'event:prod-shop/build/shop/run-7'],
  ])('knows it by %j as %s', (content, key) => {
    expect(eventOf(pipelineRun('started', { content })).key).toBe(key)
  })

  it.each([
    [undefined, 'tekton.acme.com-prod'],
    ['https://tekton.acme.com:8443/', 'tekton.acme.com-8443'],
    ['/Monitoring/prod 1/', 'monitoring-prod-1'],
    ['git.acme.com/acme/shop', 'git.acme.com-acme-shop'],
    ['urn:acme:tekton', 'acme-tekton'],
    ['/', 'cdevents'],
    [`/${'a'.repeat(300)}`, 'a'.repeat(100)],
  ])('calls the source %s %s', (source, name) => {
    const { key, attributes } = eventOf(pipelineRun('started', { subject: { source }, content: { uri: undefined } }))
    expect([key, attributes.service]).toEqual([`event:${name}/build/shop/run-7`, name])
  })
})

describe('translating a CDEvent of a change', () => {
  it('tells its merge as that of a pull request', () => {
    const subject = { id: '34', source: 'https://git.acme.com/acme/shop' }
    const content = { description: 'Gift cards\n\nCloses #12' }
    expect(eventOf(change('merged', { subject, content }))).toEqual({
      key: 'event:git.acme.com-acme-shop/change/34',
      operation: 'pull_request',
      stage: 'finished',
      observedMillis: AT,
      opened: estimated,
      ended: { ...reported, result: 'success' },
      attributes: {
        service: 'git.acme.com-acme-shop',
        'event.id': '34',
        'event.type': 'dev.cdevents.change.merged.0.3.0',
        'pull_request.merged': true,
        'vcs.change.id': '34',
        'vcs.change.title': 'Gift cards',
        'vcs.change.state': 'merged',
        'vcs.owner.name': 'Acme',
        'vcs.repository.name': 'Shop',
        'vcs.repository.url.full': 'https://git.acme.com/Acme/Shop',
      },
      references: {},
      names: [],
    })
  })

  it.each([
    { subject: { id: 'https://github.com/Acme/shop/pull/34' } },
    { content: { uri: 'https://github.com/Acme/shop/pull/34' } },
    { content: { url: 'https://github.com/Acme/shop/pull/34' } },
  ])('knows a pull request of GitHub by its page: %j', (more) => {
    const content = { description: 'Closes #12', ...more.content }
    const { key, attributes } = eventOf(change('created', { ...more, content }))
    expect(key).toBe('pull_request:github.com/acme/shop#34')
    expect(attributes).toEqual({
      service: 'prod-shop',
      'event.id': more.subject?.id ?? 'shop/run-7',
      'event.type': 'dev.cdevents.change.created.0.3.0',
      'pull_request.url': 'https://github.com/Acme/shop/pull/34',
      'vcs.change.id': '34',
      'vcs.change.state': 'open',
      'vcs.provider.name': 'github',
      'vcs.owner.name': 'Acme',
      'vcs.repository.name': 'shop',
      'vcs.repository.url.full': 'https://github.com/Acme/shop',
    })
  })

  it("takes no other page of GitHub for a pull request's", () => {
    const subject = { id: 'https://github.com/acme/shop/issues/12' }
    expect(eventOf(change('created', { subject })).key).toBe(
      'event:prod-shop/change/https://github.com/acme/shop/issues/12',
    )
  })

  it.each([
    ['created', { stage: 'started', opened: reported }, 'open'],
    ['updated', { stage: 'updated', opened: estimated }, 'open'],
    ['reviewed', { stage: 'updated', opened: estimated }, 'open'],
    ['merged', { stage: 'finished', opened: estimated, ended: { ...reported, result: 'success' } }, 'merged'],
    ['abandoned', { stage: 'finished', opened: estimated, ended: { ...reported, result: 'cancellation' } }, 'closed'],
  ])('tells when it was %s', (predicate, moments, state) => {
    expect(momentsOf(change(predicate))).toEqual(moments)
    expect(eventOf(change(predicate)).attributes['vcs.change.state']).toBe(state)
  })
})

describe('translating a CDEvent of a service', () => {
  const customData = {
    started: '2026-03-01T11:58:00Z',
    repository: 'acme/shop',
    commit: SHA,
    parent: 'https://dashboard.acme.com/shop/run-7',
    team: 'checkout',
  }

  it('tells a deploy that ended as soon as it began', () => {
    expect(eventOf(service('deployed'))).toEqual({
      key: 'event:tekton.acme.com-prod/deploy/c5a1c7b2-2f0e-4f0b-9f0a-0d6a4b7f1e55',
      operation: 'deploy',
      stage: 'finished',
      observedMillis: AT,
      opened: estimated,
      ended: { ...reported, result: 'success' },
      attributes: {
        service: 'tekton.acme.com-prod',
        'event.id': 'c5a1c7b2-2f0e-4f0b-9f0a-0d6a4b7f1e55',
        'event.type': 'dev.cdevents.service.deployed.0.3.0',
        'event.title': 'shop/run-7',
        'event.metadata.service': 'shop/run-7',
        'event.metadata.artifactId': ARTIFACT,
        'deployment.environment.name': 'production',
      },
      references: {},
      names: [],
    })
  })

  it('takes its start, its revision and its parent from customData', () => {
    const parent = 'run:https://dashboard.acme.com/shop/run-7/'
    const event = eventOf(service('deployed', { customData: { ...customData, parent } }))
    expect(event.opened).toEqual({ atMillis: 1_772_366_280_000, certainty: 'reported' })
    expect(event.attributes).toEqual({
      service: 'tekton.acme.com-prod',
      'event.id': 'c5a1c7b2-2f0e-4f0b-9f0a-0d6a4b7f1e55',
      'event.type': 'dev.cdevents.service.deployed.0.3.0',
      'event.title': 'shop/run-7',
      'event.metadata.service': 'shop/run-7',
      'event.metadata.artifactId': ARTIFACT,
      'event.metadata.team': 'checkout',
      'deployment.environment.name': 'production',
      'scm.head.sha': SHA,
      'vcs.ref.head.revision': SHA,
      'vcs.provider.name': 'github',
      'vcs.owner.name': 'acme',
      'vcs.repository.name': 'shop',
      'vcs.repository.url.full': 'https://github.com/acme/shop',
    })
    expect(event.references).toEqual({
      marker: [{ kind: 'activity', key: parent, unseen: 'join' }],
      head_sha: [{ kind: 'name', name: `head:${SHA}` }],
      merge_sha: [{ kind: 'name', name: `landed:${SHA}` }],
    })
  })

  it('leaves alone what in customData it does not understand', () => {
    const odd = { started: 'soon', repository: 7, commit: 'v1.2', parent: 'the pipeline', link: 'https://acme.com' }
    const plain = eventOf(service('deployed'))
    expect(eventOf(service('deployed', { customData: odd }))).toEqual(plain)
    expect(eventOf(service('deployed', { customData: 'bm8gSlNPTg==' }))).toEqual(plain)
    expect(eventOf(service('deployed', { customData: ['gitlab/deploy/1'] }))).toEqual(plain)
  })

  it.each(['deployed', 'upgraded', 'rolledback', 'removed', 'published'])('tells one that was %s', (predicate) => {
    const { operation, ended, attributes } = eventOf(service(predicate))
    expect([operation, ended?.result, attributes['deployment.rollback']]).toEqual([
      'deploy',
      'success',
      predicate === 'rolledback' ? true : undefined,
    ])
  })
})

describe('translating a CDEvent of an incident', () => {
  const subject = { id: 'inc-7', source: '/monitoring/prod' }
  const about = {
    service: 'monitoring-prod',
    'event.id': 'inc-7',
    'event.metadata.environment': 'production',
    'event.metadata.service': 'checkout',
    'event.metadata.artifactId': ARTIFACT,
  }

  it('tells its start, with the deploy that has caused it', () => {
    const customData = {
      severity: 'high',
      pager_token: 'hunter2',
      labels: ['a'],
      deployment: 'https://api.github.com/repos/acme/shop/deployments/7',
    }
    const event = eventOf(incident('detected', { subject, customData }))
    expect(event).toEqual({
      key: 'event:monitoring-prod/incident/inc-7',
      operation: 'incident',
      stage: 'started',
      observedMillis: AT,
      opened: reported,
      attributes: {
        ...about,
        'event.type': 'dev.cdevents.incident.detected.0.3.0',
        'event.title': 'The checkout answers 500',
        'event.metadata.severity': 'high',
      },
      references: {
        caused_by: [{ kind: 'activity', key: 'deployment:github.com/acme/shop#7', unseen: 'wait' }],
      },
      names: [],
    })
  })

  it('tells its end without taking what was done for what had happened', () => {
    const content = { description: 'Rolled back' }
    const { attributes, ...event } = eventOf(incident('resolved', { subject, content }))
    expect(event).toEqual({
      key: 'event:monitoring-prod/incident/inc-7',
      operation: 'incident',
      stage: 'finished',
      observedMillis: AT,
      opened: estimated,
      ended: { ...reported, result: 'success' },
      references: {},
      names: [],
    })
    expect(attributes).toEqual({
      ...about,
      'event.type': 'dev.cdevents.incident.resolved.0.3.0',
      'event.metadata.resolution': 'Rolled back',
    })
  })

  it('tells of its ticket where that is', () => {
    const payload = incident('reported', { subject, content: { ticketURI: 'https://tickets.acme.com/345' } })
    expect(momentsOf(payload)).toEqual({ stage: 'updated', opened: estimated })
    expect(eventOf(payload).attributes['event.url']).toBe('https://tickets.acme.com/345')
  })

  it.each([
    [{ content: { deploy: 'gitlab/deploy/1234' } }, ['event:gitlab/deploy/1234']],
    [{ content: { deployment: 'deployment:acme/shop#7' } }, ['deployment:github.com/acme/shop#7']],
    [{ content: { link: 'https://ci.acme.com/job/deploy/7/' } }, ['run:https://ci.acme.com/job/deploy/7/']],
    [{ customData: { link: 'vstrace-github-issue-acme/shop-12' } }, ['issue:github.com/acme/shop#12']],
    [
      { customData: { deploy: ['gitlab/deploy/1', 7], links: ['gitlab/deploy/2', 'x'] } },
      ['event:gitlab/deploy/1', 'event:gitlab/deploy/2'],
    ],
  ])('finds in %j what has caused it', (more, keys) => {
    const { references } = eventOf(incident('detected', more))
    expect(references.caused_by).toEqual(keys?.map((key) => ({ kind: 'activity', key, unseen: 'wait' })))
  })
})

describe('translating a CloudEvent', () => {
  it('tells the CDEvent in it, below the span that it names', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const inside = pipelineRun('started')
    expect(eventOf(cloudEvent(inside))).toEqual(eventOf(inside))
    expect(eventOf(cloudEvent(inside, { traceparent }))).toEqual({
      ...eventOf(inside),
      references: {
        traceparent: [{ kind: 'span', traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }],
      },
    })
  })

  it('leaves a traceparent that is none alone, as W3C has it', () => {
    const inside = pipelineRun('started')
    expect(eventOf(cloudEvent(inside, { traceparent: 'x' }))).toEqual(eventOf(inside))
  })

  it.each([
    [cloudEvent(pipelineRun('started'), { type: 'com.acme.release' }), 'no CloudEvents but those of CDEvents'],
    [cloudEvent(pipelineRun('paused')), 'no CDEvents of pipelinerun paused'],
    [{ context: { type: 'dev.cdevents.taskrun.finished.0.2.0' } }, 'no CDEvents of taskrun finished'],
    [{ context: { type: 'dev.cdevents.change.finished.0.2.0' } }, 'no CDEvents of change finished'],
    [{ context: { type: 'dev.cdevents.constructor.name.0.1.0' } }, 'no CDEvents of constructor name'],
    [{ context: { type: 'dev.cdeventsx.acme-tool.started.0.1.0' } }, 'no such CDEvents'],
    [{ context: { type: 'dev.cdevents.<script>.started.0.1.0' } }, 'no such CDEvents'],
  ])('ignores %j', (payload, what) => {
    expect(translated(payload)).toEqual({ kind: 'ignored', reason: `ValueStream records ${what}` })
  })

  const WRONG = 'is missing or of the wrong type'
  it.each([
    [cloudEvent(pipelineRun('started'), { type: undefined }), 'type', WRONG],
    [cloudEvent(pipelineRun('started'), { data: undefined }), 'data', 'is missing: it must be the CDEvent, as JSON'],
    [cloudEvent(pipelineRun('started'), { data: '{}' }), 'data', 'is missing: it must be the CDEvent, as JSON'],
    [cloudEvent(pipelineRun('started'), { data: {} }), 'context', WRONG],
    [cloudEvent(pipelineRun('started'), { traceparent: 7 }), 'traceparent', WRONG],
    [{ context: {} }, 'context.type', WRONG],
    [pipelineRun('started', { context: { id: '' } }), 'context.id', WRONG],
    [pipelineRun('started', { context: { source: undefined } }), 'context.source', WRONG],
    [pipelineRun('started', { subject: { id: undefined } }), 'subject.id', WRONG],
    [pipelineRun('started', { subject: { id: 'x'.repeat(201) } }), 'subject.id', 'is longer than 200 characters'],
    [service('deployed', { context: { id: 'x'.repeat(201) } }), 'context.id', 'is longer than 200 characters'],
    [service('deployed', { content: { environment: 'production' } }), 'subject.content.environment', WRONG],
    [
      pipelineRun('started', { context: { timestamp: '2026-03-01' } }),
      'context.timestamp',
      'is not a time: say 2026-03-01T12:00:00Z, or the milliseconds since 1970',
    ],
  ])('refuses %j', (payload, path, fault) => {
    expect(translated(payload)).toEqual({ kind: 'malformed', reason: `the field ${path} ${fault}` })
  })
})
