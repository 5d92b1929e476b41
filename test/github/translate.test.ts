import { translate } from '../../lib/github/translate.ts'
import { issuesPayload, pullRequestPayload, recorded } from '../payloads/github.ts'

const translated = (event: string | undefined, payload: unknown, contentType = 'application/json') =>
  translate({
    headers: { 'content-type': contentType, ...(event === undefined ? {} : { 'x-github-event': event }) },
    query: {},
    pathParameters: {},
    body: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
  })

const eventOf = (event: string, payload: unknown) => {
  const translation = translated(event, payload)
  if (translation.kind !== 'events') throw new Error(JSON.stringify(translation))
  return translation.events[0]
}

const REPOSITORY = {
  service: 'github',
  'scm.repository.id': 186853002,
  'scm.repository.url': 'https://github.com/Codertocat/Hello-World',
  'scm.repository.name': 'Hello-World',
  'scm.repository.full_name': 'Codertocat/Hello-World',
  'scm.repository.private': false,
  'vcs.provider.name': 'github',
  'vcs.owner.name': 'Codertocat',
  'vcs.repository.name': 'Hello-World',
  'vcs.repository.url.full': 'https://github.com/Codertocat/Hello-World',
  'user.name': 'Codertocat',
  'user.id': 21031067,
  'user.url': 'https://github.com/Codertocat',
}

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
    expect(event?.stage).toBe('finished')
    expect(event?.ended).toEqual({ atMillis: Date.UTC(2019, 4, 16, 8), certainty: 'reported', result })
    expect(event?.attributes['issue.state_reason']).toBe(state_reason ?? undefined)
  })

  it('tells the end again of a closed issue that is labelled, in case the close was lost', () => {
    const event = eventOf('issues', issuesPayload('labeled', { ...closedAt, updated_at: '2019-05-17T08:00:00Z' }))
    expect(event?.stage).toBe('updated')
    expect(event?.ended).toEqual({ atMillis: Date.UTC(2019, 4, 16, 8), certainty: 'reported', result: 'success' })
  })

  it.each([
    ['transferred', 'skip'],
    ['deleted', 'cancellation'],
  ])('ends an open issue that is %s', (action, result) => {
    const event = eventOf('issues', issuesPayload(action, { updated_at: '2019-05-16T08:00:00Z' }))
    expect(event?.ended).toEqual({ atMillis: Date.UTC(2019, 4, 16, 8), certainty: 'reported', result })
    expect(event?.attributes['issue.state_reason']).toBe(action)
  })

  it('tells a reopening, and no end', () => {
    const payload = issuesPayload('reopened', {
      state: 'open',
      updated_at: '2019-05-18T08:00:00Z',
      state_reason: 'reopened',
    })
    const event = eventOf('issues', payload)
    expect(event?.stage).toBe('reopened')
    expect(event?.reopenedMillis).toBe(Date.UTC(2019, 4, 18, 8))
    expect(event?.ended).toBeUndefined()
  })

  it('ignores an issue that is a pull request', () => {
    expect(translated('issues', issuesPayload('opened', { pull_request: { url: 'x' } }))).toEqual({
      kind: 'ignored',
      reason: 'the issue is a pull request, which has events of its own',
    })
  })
})

describe("translating GitHub's pull requests", () => {
  const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'

  it('tells the merge of a recorded pull request, what it closes and what it may be called by', () => {
    const payload = pullRequestPayload('closed', {
      ...closedAt,
      merged: true,
      merged_by: { login: 'hubot', id: 1 },
      merge_commit_sha: 'a'.repeat(40),
      title: 'Update the README, fixes #1',
      body: 'See vstrace-github-issue-Codertocat/Hello-World-5 <!-- closes #9 -->',
      head: { ...(pullRequestPayload('opened', {}).pull_request as { head: object }).head, ref: '12-changes' },
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
        'pull_request.merge_commit_sha': 'a'.repeat(40),
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
        marker: [{ kind: 'activity', key: 'issue:github.com/codertocat/hello-world#5', unseen: 'join' }],
        closing_keyword: [{ kind: 'activity', key: 'issue:github.com/codertocat/hello-world#1', unseen: 'join' }],
        branch_number: [{ kind: 'activity', key: 'issue:github.com/codertocat/hello-world#12', unseen: 'wait' }],
      },
      names: ['branch:github.com/codertocat/hello-world:12-changes', `sha:${SHA}`, `sha:${'a'.repeat(40)}`],
    })
  })

  it('takes the merge commit of an unmerged pull request for the test merge that it is', () => {
    const payload = pullRequestPayload('closed', { ...closedAt, merged: false, merge_commit_sha: 'b'.repeat(40) })
    const event = eventOf('pull_request', payload)
    expect(event?.names).toEqual(['branch:github.com/codertocat/hello-world:changes', `sha:${SHA}`])
    expect(event?.ended?.result).toBe('cancellation')
    expect(event?.attributes['vcs.change.state']).toBe('closed')
    expect(event?.attributes['pull_request.merge_commit_sha']).toBeUndefined()
  })

  it('keeps the commit before a push among the names', () => {
    const event = eventOf('pull_request', pullRequestPayload('synchronize', {}, { before: 'c'.repeat(40) }))
    expect(event?.names).toContain(`sha:${'c'.repeat(40)}`)
    expect(event?.ended).toBeUndefined()
  })

  it('names the branch of a fork by the fork, and of a deleted fork by the base', () => {
    const { head } = pullRequestPayload('opened', {}).pull_request as { head: { repo: object } }
    const fork = { ...head.repo, owner: { login: 'Contributor' } }
    const named = (repo: object | null) =>
      eventOf('pull_request', pullRequestPayload('edited', { head: { ...head, repo } }))?.names[0]
    expect(named(fork)).toBe('branch:github.com/contributor/hello-world:changes')
    expect(named(null)).toBe('branch:github.com/codertocat/hello-world:changes')
  })

  it.each([
    [true, 'wip'],
    [false, 'open'],
  ])('tells a draft (%s) by its state %s', (draft, state) => {
    expect(eventOf('pull_request', pullRequestPayload('edited', { draft }))?.attributes['vcs.change.state']).toBe(state)
  })
})

describe("translating anything of GitHub's", () => {
  it('answers a ping', () => {
    expect(translated('ping', { zen: 'Keep it logically awesome.' })).toEqual({ kind: 'ping' })
  })

  it('reads the form content type', () => {
    const form = new URLSearchParams({ payload: JSON.stringify(issuesPayload('opened', { title: 'ümläut & 100 %' })) })
    const translation = translated('issues', form.toString(), 'application/x-www-form-urlencoded')
    expect(translation.kind === 'events' && translation.events[0]?.attributes['issue.title']).toBe('ümläut & 100 %')
  })

  it.each([
    ['star', {}, 'application/json', { kind: 'ignored', reason: 'ValueStream records no star events' }],
    ['<script>', {}, 'application/json', { kind: 'ignored', reason: 'ValueStream records no such events' }],
    [undefined, {}, 'application/json', { kind: 'malformed', reason: 'the header x-github-event is missing' }],
    ['issues', '{', 'application/json', { kind: 'malformed', reason: 'the field body is not JSON in UTF-8' }],
    [
      'issues',
      'x=1',
      'application/x-www-form-urlencoded',
      { kind: 'malformed', reason: 'the field payload is missing from the form' },
    ],
    [
      'issues',
      pullRequestPayload('opened', {}),
      'application/json',
      { kind: 'malformed', reason: 'the field issue is missing or of the wrong type' },
    ],
    [
      'issues',
      issuesPayload('opened', { number: '1' }),
      'application/json',
      { kind: 'malformed', reason: 'the field issue.number is missing or of the wrong type' },
    ],
    [
      'issues',
      issuesPayload('opened', { created_at: 'soon' }),
      'application/json',
      { kind: 'malformed', reason: 'the field issue.created_at is not a time' },
    ],
    ['issues', [], 'application/json', { kind: 'malformed', reason: 'the field body is missing or of the wrong type' }],
  ])('says of %s what is the matter', (event, payload, contentType, translation) => {
    expect(translated(event, payload, contentType)).toEqual(translation)
  })

  it('takes every recorded payload under its own name, and most issues and pull requests for events', () => {
    const kinds = recorded.flatMap(({ name, examples }) =>
      examples.map((payload) => [name, translated(name, payload)] as const),
    )
    const malformed = kinds.filter(([, translation]) => translation.kind === 'malformed')
    expect(malformed.map(([name, translation]) => [name, translation])).toEqual([])
    const events = kinds.filter(([, translation]) => translation.kind === 'events').map(([name]) => name)
    expect([...new Set(events)].sort()).toEqual(['issues', 'pull_request'])
  })
})
