import { incident } from '../payloads/events.ts'
import { ARTIFACT, AT, estimated, momentsOf, reported } from './cd-expected.ts'
import { eventOf } from './translated.ts'

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
