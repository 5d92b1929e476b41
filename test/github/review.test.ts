import { reviewPayload } from '../payloads/github.ts'
import { eventOf, REPOSITORY, translated } from './translated.ts'

const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const BASE = 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e'

describe("translating GitHub's reviews", () => {
  it('tells a recorded review as an update of its pull request', () => {
    const payload = reviewPayload('submitted', { state: 'APPROVED', submitted_at: '2019-05-15T15:20:37Z' })
    expect(eventOf('pull_request_review', payload)).toEqual({
      key: 'pull_request:github.com/codertocat/hello-world#2',
      operation: 'pull_request',
      stage: 'updated',
      observedMillis: Date.UTC(2019, 4, 15, 15, 20, 38),
      opened: { atMillis: Date.UTC(2019, 4, 15, 15, 20, 33), certainty: 'reported' },
      attributes: {
        ...REPOSITORY,
        'pull_request.url': 'https://github.com/Codertocat/Hello-World/pull/2',
        'pull_request.labels': [],
        'vcs.change.id': '2',
        'vcs.change.title': 'Update the README with new information.',
        'scm.head.label': 'Codertocat:changes',
        'scm.head.ref': 'changes',
        'scm.head.sha': SHA,
        'scm.head.url': 'https://github.com/Codertocat/Hello-World',
        'vcs.ref.head.name': 'changes',
        'vcs.ref.head.revision': SHA,
        'vcs.ref.head.type': 'branch',
        'scm.base.label': 'Codertocat:master',
        'scm.base.ref': 'master',
        'scm.base.sha': BASE,
        'scm.base.repo.id': 186853002,
        'scm.base.repo.name': 'Hello-World',
        'scm.base.repo.full_name': 'Codertocat/Hello-World',
        'scm.base.repo.private': false,
        'vcs.ref.base.name': 'master',
        'vcs.ref.base.revision': BASE,
        'vcs.ref.base.type': 'branch',
      },
      references: { marker: [], closing_keyword: [], branch_number: [] },
      names: ['branch:github.com/codertocat/hello-world:changes', `head:${SHA}`],
      happenings: [
        {
          name: 'review',
          atMillis: Date.UTC(2019, 4, 15, 15, 20, 37),
          attributes: { 'review.state': 'approved', 'review.user.name': 'Codertocat' },
        },
      ],
    })
  })

  it('tells the merge of a pull request that is reviewed afterwards', () => {
    const at = '2019-05-15T15:20:36Z'
    const merge = { state: 'closed', closed_at: at, merged_at: at, merge_commit_sha: 'a'.repeat(40) }
    const event = eventOf('pull_request_review', reviewPayload('submitted', {}, merge))
    expect(event.stage).toBe('updated')
    expect(event.ended).toEqual({
      atMillis: Date.UTC(2019, 4, 15, 15, 20, 36),
      certainty: 'reported',
      result: 'success',
    })
    expect(event.landed).toEqual({ sha: 'a'.repeat(40), atMillis: Date.UTC(2019, 4, 15, 15, 20, 36) })
    expect(event.attributes['pull_request.merged']).toBe(true)
    expect(event.attributes['pull_request.merge_commit_sha']).toBe('a'.repeat(40))
  })

  it('was observed at the review where the pull request does not say', () => {
    const payload = reviewPayload('submitted', { submitted_at: '2019-05-15T15:20:37Z' }, { updated_at: undefined })
    expect(eventOf('pull_request_review', payload).observedMillis).toBe(Date.UTC(2019, 4, 15, 15, 20, 37))
  })

  it.each([
    ['edited', { state: 'approved' }],
    ['dismissed', { state: 'dismissed' }],
    ['closed', { state: 'approved' }],
    ['an action of tomorrow', { state: 'approved' }],
    ['submitted', { state: 'pending' }],
    ['submitted', { state: 'approved', submitted_at: null }],
  ])('tells no review by %s %j, but the update', (action, review) => {
    const event = eventOf('pull_request_review', reviewPayload(action, review))
    expect(event.stage).toBe('updated')
    expect(event).not.toHaveProperty('ended')
    expect(event).not.toHaveProperty('happenings')
  })

  it('says what is malformed', () => {
    expect(translated('pull_request_review', reviewPayload('submitted', { submitted_at: 'soon' }))).toEqual({
      kind: 'malformed',
      reason: 'the field review.submitted_at is not a time',
    })
  })
})
