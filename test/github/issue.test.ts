import { issuesPayload } from '../payloads/github.ts'
import { eventOf, join, REPOSITORY, translated, wait } from './translated.ts'

const closedAt = { state: 'closed', closed_at: '2019-05-16T08:00:00Z', updated_at: '2019-05-16T08:00:01Z' }

describe("translating GitHub's issues", () => {
  it('tells the opening of a recorded issue', () => {
    expect(eventOf('issues', issuesPayload('opened', {}))).toEqual({
      key: 'issue:github.com/codertocat/hello-world#1',
      operation: 'issue',
      stage: 'started',
      observedMillis: Date.UTC(2019, 4, 15, 15, 20, 18),
      opened: { atMillis: Date.UTC(2019, 4, 15, 15, 20, 18), certainty: 'reported' },
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
      },
      references: {},
      names: [],
    })
  })

  it.each([
    ['completed', 'success'],
    ['not_planned', 'cancellation'],
    ['duplicate', 'skip'],
    [null, 'success'],
    ['a reason of tomorrow', 'success'],
  ])('tells the end of an issue closed as %s as %s', (state_reason, result) => {
    const event = eventOf('issues', issuesPayload('closed', { ...closedAt, state_reason }))
    expect(event.stage).toBe('finished')
    expect(event.ended).toEqual({ atMillis: Date.UTC(2019, 4, 16, 8), certainty: 'reported', result })
    expect(event.attributes['issue.state_reason']).toBe(state_reason ?? undefined)
  })

  it('tells the end again of a closed issue that is labelled, in case the close was lost', () => {
    const event = eventOf('issues', issuesPayload('labeled', { ...closedAt, updated_at: '2019-05-17T08:00:00Z' }))
    expect(event.stage).toBe('updated')
    expect(event.ended).toEqual({ atMillis: Date.UTC(2019, 4, 16, 8), certainty: 'reported', result: 'success' })
  })

  it.each([
    ['transferred', 'skip'],
    ['deleted', 'cancellation'],
  ])('ends an open issue that is %s', (action, result) => {
    const event = eventOf('issues', issuesPayload(action, { updated_at: '2019-05-16T08:00:00Z' }))
    expect(event.ended).toEqual({ atMillis: Date.UTC(2019, 4, 16, 8), certainty: 'reported', result })
    expect(event.attributes['issue.state_reason']).toBe(action)
  })

  it('tells a reopening, and no end', () => {
    const payload = issuesPayload('reopened', {
      state: 'open',
      updated_at: '2019-05-18T08:00:00Z',
      state_reason: 'reopened',
    })
    const event = eventOf('issues', payload)
    expect(event.stage).toBe('reopened')
    expect(event.reopenedMillis).toBe(Date.UTC(2019, 4, 18, 8))
    expect(event.ended).toBeUndefined()
  })

  it('ignores an issue that is a pull request', () => {
    expect(translated('issues', issuesPayload('opened', { pull_request: { url: 'x' } }))).toEqual({
      kind: 'ignored',
      reason: 'the issue is a pull request, which has events of its own',
    })
  })

  it('points from an issue that was transferred to what it was before', () => {
    const { repository } = issuesPayload('opened', {}) as { repository: object }
    const old_repository = { ...repository, name: 'Old', owner: { login: 'Octocoders' } }
    const opened = (changes: object) => eventOf('issues', issuesPayload('opened', {}, { changes })).references
    expect(opened({ old_issue: { number: 6 }, old_repository })).toEqual({
      transferred_from: [wait('issue:github.com/octocoders/old#6')],
    })
    expect(opened({ old_issue: null, old_repository })).toEqual({})
  })

  it.each([
    ['a parent', 'https://api.github.com/repos/Acme/Shop/issues/3', [join('issue:github.com/acme/shop#3')]],
    ['no parent any more', null, []],
    ['nothing, where GitHub does not', undefined, undefined],
    ['nothing of an address that is none of an issue', 'https://api.github.com/repos/Acme/Shop/pulls/3', undefined],
    ['nothing of what is no address', 'soon', undefined],
  ])('says of the parent issue: %s', (_what, parent_issue_url, parent_issue) => {
    const { references } = eventOf('issues', issuesPayload('edited', { parent_issue_url }))
    expect(references).toEqual(parent_issue === undefined ? {} : { parent_issue })
  })

  it('takes the parent on an Enterprise Server to be where the issue is', () => {
    const { repository } = issuesPayload('opened', {}) as { repository: object }
    const payload = issuesPayload(
      'edited',
      { parent_issue_url: 'https://ghe.acme.com/api/v3/repos/acme/shop/issues/3' },
      { repository: { ...repository, html_url: 'https://ghe.acme.com/acme/shop' } },
    )
    expect(eventOf('issues', payload).references.parent_issue).toEqual([join('issue:ghe.acme.com/acme/shop#3')])
  })
})
