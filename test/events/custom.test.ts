import { release } from '../payloads/events.ts'
import { eventOf, translatedBytes } from './translated.ts'

const NOON = 1_772_366_400_000
const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const RELEASE = { service: 'mobile', 'event.id': 'ios-4.2.0', 'event.type': 'release' }

describe("translating events in ValueStream's own format", () => {
  it('tells the end of a release with all that it may say', () => {
    const said = {
      source: 'Mobile',
      started: '2026-03-01T12:00:00.5+02:00',
      result: 'failure',
      error: 'Rejected in review',
      title: 'iOS 4.2.0',
      url: 'https://ci:s3cret@appstore.example.com/ios?version=4.2.0',
      parent: 'acme/shop#12',
      links: ['https://github.com/acme/shop/pull/34', 'mobile/release/ios-4.1.0'],
      repository: 'Acme/Shop',
      environment: 'store',
      commit: SHA.toUpperCase(),
      production: true,
      metadata: { platform: 'ios', build: 420, phased: false, empty: '', signing_token: 'hunter2' },
    }
    const event = eventOf(release(said))
    expect(event).toEqual({
      key: 'event:mobile/release/ios-4.2.0',
      operation: 'release',
      stage: 'finished',
      observedMillis: NOON,
      opened: { atMillis: NOON - 7_199_500, certainty: 'reported' },
      ended: { atMillis: NOON, certainty: 'reported', result: 'failure' },
      attributes: {
        ...RELEASE,
        'event.title': 'iOS 4.2.0',
        'event.url': 'https://appstore.example.com/ios?version=4.2.0',
        'event.metadata.environment': 'store',
        'event.metadata.production': 'true',
        'event.metadata.commit': SHA,
        'event.metadata.platform': 'ios',
        'event.metadata.build': '420',
        'event.metadata.phased': 'false',
        'error.message': 'Rejected in review',
        'vcs.provider.name': 'github',
        'vcs.owner.name': 'Acme',
        'vcs.repository.name': 'Shop',
        'vcs.repository.url.full': 'https://github.com/Acme/Shop',
      },
      references: {
        marker: [{ kind: 'activity', key: 'issue:github.com/acme/shop#12', unseen: 'join' }],
        caused_by: [
          { kind: 'activity', key: 'pull_request:github.com/acme/shop#34', unseen: 'wait' },
          { kind: 'activity', key: 'event:mobile/release/ios-4.1.0', unseen: 'wait' },
        ],
      },
      names: [],
    })
    expect(JSON.stringify(event)).not.toMatch(/hunter2|s3cret/)
  })

  it('tells a deploy of another CI system as every deploy is told, with what finds its pull request', () => {
    const said = {
      type: 'deploy',
      id: '1234',
      source: 'gitlab',
      url: 'https://gitlab.acme.com/acme/shop/-/pipelines/1234',
      repository: 'git@gitlab.acme.com:acme/shop.git',
      environment: 'production',
      commit: SHA,
      production: true,
      parent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    }
    expect(eventOf(release(said))).toEqual({
      key: 'event:gitlab/deploy/1234',
      operation: 'deploy',
      stage: 'finished',
      observedMillis: NOON,
      opened: { atMillis: NOON, certainty: 'estimated' },
      ended: { atMillis: NOON, certainty: 'reported', result: 'success' },
      attributes: {
        service: 'gitlab',
        'event.id': '1234',
        'event.type': 'deploy',
        'event.url': 'https://gitlab.acme.com/acme/shop/-/pipelines/1234',
        'build.url': 'https://gitlab.acme.com/acme/shop/-/pipelines/1234',
        'cicd.pipeline.run.id': '1234',
        'cicd.pipeline.run.url.full': 'https://gitlab.acme.com/acme/shop/-/pipelines/1234',
        'deployment.environment.name': 'production',
        'deployment.production': true,
        'scm.head.sha': SHA,
        'vcs.ref.head.revision': SHA,
        'vcs.owner.name': 'acme',
        'vcs.repository.name': 'shop',
        'vcs.repository.url.full': 'https://gitlab.acme.com/acme/shop',
      },
      references: {
        traceparent: [{ kind: 'span', traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }],
        head_sha: [{ kind: 'name', name: `head:${SHA}` }],
        merge_sha: [{ kind: 'name', name: `landed:${SHA}` }],
      },
      names: [],
    })
  })

  it('tells of a build where it goes as metadata, since only a deploy goes anywhere', () => {
    const { attributes, references } = eventOf(release({ type: 'build', environment: 'ci', commit: SHA }))
    expect(attributes).toEqual({
      service: 'mobile',
      'event.id': 'ios-4.2.0',
      'event.type': 'build',
      'event.metadata.environment': 'ci',
      'cicd.pipeline.run.id': 'ios-4.2.0',
      'scm.head.sha': SHA,
      'vcs.ref.head.revision': SHA,
    })
    expect(Object.keys(references)).toEqual(['head_sha', 'merge_sha'])
  })

  const started = { stage: 'started', opened: { atMillis: NOON, certainty: 'reported' } }
  const ended = { atMillis: NOON, certainty: 'reported' }
  const estimated = { atMillis: NOON, certainty: 'estimated' }
  const earlier = { atMillis: NOON - 60_000, certainty: 'reported' }

  it.each([
    ['a start', { status: 'started' }, started],
    ['a start that says twice when it was', { status: 'started', started: NOON }, started],
    ['an update', { status: 'updated' }, { stage: 'updated', opened: estimated }],
    ['an update with its start', { status: 'updated', started: NOON - 60_000 }, { stage: 'updated', opened: earlier }],
    ['an end', {}, { stage: 'finished', opened: estimated, ended: { ...ended, result: 'success' } }],
    [
      'an end with its start',
      { started: NOON - 60_000 },
      { stage: 'finished', opened: earlier, ended: { ...ended, result: 'success' } },
    ],
    [
      'an end with an error',
      { error: 'Out of memory' },
      { stage: 'finished', opened: estimated, ended: { ...ended, result: 'error' } },
    ],
    [
      'an end with an error and a result',
      { error: 'Out of memory', result: 'timeout' },
      { stage: 'finished', opened: estimated, ended: { ...ended, result: 'timeout' } },
    ],
  ])('tells the times of %s', (_what, more, moments) => {
    const { stage, opened, ended: end } = eventOf(release(more))
    expect({ stage, opened, ...(end === undefined ? {} : { ended: end }) }).toEqual(moments)
  })

  it.each([
    ['2026-03-01T12:00:00Z', NOON],
    ['2026-03-01T14:00:00+02:00', NOON],
    ['2026-03-01T14:00:00+0200', NOON],
    ['2026-03-01t12:00z', NOON],
    ['2026-03-01T12:00:00.123456789Z', NOON + 123],
    [NOON, NOON],
    [NOON + 0.6, NOON + 1],
  ])('takes %p for a time', (time, millis) => {
    expect(eventOf(release({ time })).observedMillis).toBe(millis)
  })

  it.each([
    [{}, 'event:mobile/release/ios-4.2.0'],
    [{ source: undefined }, 'event:custom/release/ios-4.2.0'],
    [{ source: null }, 'event:custom/release/ios-4.2.0'],
    [{ id: 'a/b?c#d@e:f' }, 'event:mobile/release/a/b?c#d@e:f'],
    [{ id: 'two\nlines 100%' }, 'event:mobile/release/two%0Alines%20100%25'],
    [{ id: 'Käse 🧀' }, 'event:mobile/release/K%C3%A4se%20%F0%9F%A7%80'],
    [{ id: 'half \ud83e of it' }, 'event:mobile/release/half%20%EF%BF%BD%20of%20it'],
    [{ id: '漢'.repeat(200), type: 'a'.repeat(40), source: 'b'.repeat(100) }, expect.stringMatching(/^.{1,1960}$/)],
  ])('makes of %j a key of one line that fits into the table', (more, key) => {
    expect(eventOf(release(more)).key).toEqual(key)
  })

  it('cuts what is too long for an attribute, and half a character', () => {
    const long = `${'x'.repeat(999)}🧀`
    const { attributes } = eventOf(release({ title: long, error: long, metadata: { note: long } }))
    const cut = `${'x'.repeat(999)}\ufffd`
    expect(attributes).toEqual({ ...RELEASE, 'event.title': cut, 'error.message': cut, 'event.metadata.note': cut })
  })

  it.each([
    ['https://github.com/acme/shop', 'https://github.com/acme/shop', 'github'],
    ['https://github.com/acme/shop.git', 'https://github.com/acme/shop', 'github'],
    ['https://token@GitHub.com/acme/shop/', 'https://github.com/acme/shop', 'github'],
    ['github.com/acme/shop', 'https://github.com/acme/shop', 'github'],
    ['git@github.com:acme/shop.git', 'https://github.com/acme/shop', 'github'],
    ['ssh://git@git.acme.com:2222/acme/shop.git', 'https://git.acme.com/acme/shop', undefined],
    ['git.acme.com:8443/acme/shop', 'https://git.acme.com:8443/acme/shop', undefined],
    ['http://git.acme.com:8080/acme/shop', 'https://git.acme.com:8080/acme/shop', undefined],
    ['GitHub.com/acme/shop', 'https://GitHub.com/acme/shop', 'github'],
  ])('takes %s for a repository', (repository, url, provider) => {
    const { attributes } = eventOf(release({ repository }))
    expect([attributes['vcs.repository.url.full'], attributes['vcs.provider.name']]).toEqual([url, provider])
  })

  it("means a repository of the installation's own GitHub", () => {
    const translation = translatedBytes(JSON.stringify(release({ repository: 'acme/shop' })), 'git.acme.com')
    const { attributes } = (translation.kind === 'events' && translation.events[0]) || {}
    expect(attributes).toMatchObject({
      'vcs.provider.name': 'github',
      'vcs.repository.url.full': 'https://git.acme.com/acme/shop',
    })
  })

  it("lends a marker without an owner the repository's", () => {
    const event = eventOf(
      release({ parent: 'vstrace-github-issue-shop-12', repository: 'https://github.com/Acme/shop' }),
    )
    expect(event.references).toEqual({
      marker: [{ kind: 'activity', key: 'issue:github.com/acme/shop#12', unseen: 'join' }],
    })
  })

  it('is polluted by no prototype', () => {
    const body = `{"__proto__":{"type":"evil","isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},
      "type":"release","id":"__proto__","source":"constructor","status":"updated","time":${NOON},
      "metadata":{"__proto__":"x","constructor":"y"}}`
    expect(translatedBytes(body)).toEqual({
      kind: 'events',
      events: [
        {
          key: 'event:constructor/release/__proto__',
          operation: 'release',
          stage: 'updated',
          observedMillis: NOON,
          opened: { atMillis: NOON, certainty: 'estimated' },
          attributes: {
            service: 'constructor',
            'event.id': '__proto__',
            'event.type': 'release',
            'event.metadata.constructor': 'y',
          },
          references: {},
          names: [],
        },
      ],
    })
    expect({}).not.toHaveProperty('isAdmin')
  })
})
