import { change } from '../payloads/events.ts'
import { AT, estimated, momentsOf, reported } from './cd-expected.ts'
import { eventOf } from './translated.ts'

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
