import { pullRequestPayload } from '../payloads/github.ts'
import { eventOf, join, REPOSITORY, wait } from './translated.ts'

const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const MERGE = 'A'.repeat(40)
const closedAt = { state: 'closed', closed_at: '2019-05-16T08:00:00Z', updated_at: '2019-05-16T08:00:01Z' }
const endOf = (side: 'head' | 'base') =>
  (pullRequestPayload('opened', {}).pull_request as Record<'head' | 'base', { repo: object }>)[side]

describe("translating GitHub's pull requests", () => {
  it('tells the merge of a recorded pull request, what it closes and what it may be called by', () => {
    const payload = pullRequestPayload('closed', {
      ...closedAt,
      merged: true,
      merged_at: '2019-05-16T07:59:59Z',
      merged_by: { login: 'hubot', id: 1 },
      merge_commit_sha: MERGE,
      title: 'Update the README, fixes #1',
      body: 'See vstrace-github-issue-Codertocat/Hello-World-5 <!-- closes #9 -->',
      head: { ...endOf('head'), ref: '12-changes' },
    })
    const event = eventOf('pull_request', payload)
    expect(event).toEqual({
      key: 'pull_request:github.com/codertocat/hello-world#2',
      operation: 'pull_request',
      stage: 'finished',
      observedMillis: Date.UTC(2019, 4, 16, 8, 0, 1),
      opened: { atMillis: Date.UTC(2019, 4, 15, 15, 20, 33), certainty: 'reported' },
      ended: { atMillis: Date.UTC(2019, 4, 16, 8), certainty: 'reported', result: 'success' },
      attributes: {
        ...REPOSITORY,
        'pull_request.url': 'https://github.com/Codertocat/Hello-World/pull/2',
        'pull_request.labels': [],
        'pull_request.draft': false,
        'pull_request.merged': true,
        'pull_request.merged_by': 'hubot',
        'pull_request.merge_commit_sha': MERGE,
        'pull_request.commits': 1,
        'pull_request.additions': 1,
        'pull_request.deletions': 1,
        'pull_request.changed_files': 1,
        'pull_request.comments_count': 0,
        'pull_request.review_comments_count': 0,
        'vcs.change.id': '2',
        'vcs.change.title': 'Update the README, fixes #1',
        'vcs.change.state': 'merged',
        'scm.head.label': 'Codertocat:changes',
        'scm.head.ref': '12-changes',
        'scm.head.sha': SHA,
        'scm.head.url': 'https://github.com/Codertocat/Hello-World',
        'vcs.ref.head.name': '12-changes',
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
      },
      references: {
        marker: [join('issue:github.com/codertocat/hello-world#5')],
        closing_keyword: [join('issue:github.com/codertocat/hello-world#1')],
        branch_number: [wait('issue:github.com/codertocat/hello-world#12')],
      },
      names: ['branch:github.com/codertocat/hello-world:12-changes', `head:${SHA}`, `landed:${'a'.repeat(40)}`],
      landed: { sha: 'a'.repeat(40), atMillis: Date.UTC(2019, 4, 16, 7, 59, 59) },
    })
  })

  it('takes the merge commit of an unmerged pull request for the test merge that it is', () => {
    const payload = pullRequestPayload('closed', { ...closedAt, merged: false, merge_commit_sha: 'b'.repeat(40) })
    const event = eventOf('pull_request', payload)
    expect(event.names).toEqual(['branch:github.com/codertocat/hello-world:changes', `head:${SHA}`])
    expect(event.ended?.result).toBe('cancellation')
    expect(event.landed).toBeUndefined()
    expect(event.attributes['vcs.change.state']).toBe('closed')
    expect(event.attributes['pull_request.merge_commit_sha']).toBeUndefined()
  })

  it.each([
    ['on the default branch', 'master', 'master', true],
    ['on another branch', 'release/1', 'master', false],
    ['where no branch is said to be the default', 'release/1', undefined, true],
  ])('tells that a merge %s has landed', (_where, ref, default_branch, lands) => {
    const { repository } = pullRequestPayload('opened', {}) as { repository: object }
    const merged = { ...closedAt, merged: true, merge_commit_sha: MERGE, base: { ...endOf('base'), ref } }
    const payload = pullRequestPayload('closed', merged, { repository: { ...repository, default_branch } })
    const event = eventOf('pull_request', payload)
    expect(event.landed).toEqual(lands ? { sha: 'a'.repeat(40), atMillis: Date.UTC(2019, 4, 16, 8) } : undefined)
    expect(event.names).toContain(`landed:${'a'.repeat(40)}`)
  })

  it('takes one for merged that has a time of the merge and does not say whether it is', () => {
    const merged_at = '2019-05-16T08:00:00Z'
    const merge = { ...closedAt, merged_at, merge_commit_sha: MERGE }
    const state = (merged: boolean | undefined) =>
      eventOf('pull_request', pullRequestPayload('labeled', { ...merge, merged })).attributes['vcs.change.state']
    expect([state(undefined), state(false)]).toEqual(['merged', 'closed'])
  })

  it('keeps the commits before and after a push among the names, each once', () => {
    const shas = { before: 'C'.repeat(40), after: SHA }
    const event = eventOf('pull_request', pullRequestPayload('synchronize', {}, shas))
    expect(event.names).toEqual([
      'branch:github.com/codertocat/hello-world:changes',
      `head:${SHA}`,
      `head:${'c'.repeat(40)}`,
    ])
    expect(event.ended).toBeUndefined()
  })

  it('names the branch of a fork by the fork, and of a deleted fork by the base', () => {
    const fork = { ...endOf('head').repo, owner: { login: 'Contributor' } }
    const namedBy = (repo: object | null) =>
      eventOf('pull_request', pullRequestPayload('edited', { head: { ...endOf('head'), repo } })).names[0]
    expect(namedBy(fork)).toBe('branch:github.com/contributor/hello-world:changes')
    expect(namedBy(null)).toBe('branch:github.com/codertocat/hello-world:changes')
  })

  it.each([
    [true, 'wip'],
    [false, 'open'],
    [undefined, undefined],
  ])('tells a draft (%s) by its state %s', (draft, state) => {
    expect(eventOf('pull_request', pullRequestPayload('edited', { draft })).attributes['vcs.change.state']).toBe(state)
  })

  it.each([
    [
      'review_requested',
      { requested_reviewer: { login: 'octocat' } },
      'review_requested',
      { 'review.user.name': 'octocat' },
    ],
    [
      'review_requested',
      { requested_team: { name: 'reviewers' } },
      'review_requested',
      { 'review.user.name': 'reviewers' },
    ],
    ['review_requested', {}, 'review_requested', {}],
    ['converted_to_draft', {}, 'converted_to_draft', {}],
    ['ready_for_review', {}, 'ready_for_review', {}],
    ['synchronize', {}, 'pushed', {}],
  ])('tells %s %j as something that has happened', (action, more, name, attributes) => {
    const payload = pullRequestPayload(action, { updated_at: '2019-05-15T16:00:00Z' }, more)
    expect(eventOf('pull_request', payload).happenings).toEqual([
      { name, atMillis: Date.UTC(2019, 4, 15, 16), attributes },
    ])
  })

  it.each(['opened', 'review_request_removed', 'labeled'])('tells of %s that nothing has happened', (action) => {
    const payload = pullRequestPayload(action, {}, { requested_reviewer: { login: 'octocat' } })
    expect(eventOf('pull_request', payload)).not.toHaveProperty('happenings')
  })
})
