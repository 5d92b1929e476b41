import { service } from '../payloads/events.ts'
import { ARTIFACT, AT, estimated, reported, SHA } from './cd-expected.ts'
import { eventOf } from './translated.ts'

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
