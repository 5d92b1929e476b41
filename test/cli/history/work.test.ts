import type { Change } from '../../../cli/history/github/change.ts'
import { issueTold, restIssue } from '../../../cli/history/github/issue.ts'
import { pullTold, restPull, restReview } from '../../../cli/history/github/pull-request.ts'
import type { Told } from '../../../cli/history/webhook.ts'

const REPOSITORY = { full_name: 'acme/shop' }
const time = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`
const change = (kind: Change['kind'], day: number, value?: string): Change => ({
  number: 12,
  kind,
  at: time(day),
  ...(value === undefined ? {} : { value }),
})

const ISSUE = restIssue.parse({
  number: 12,
  state: 'closed',
  state_reason: 'completed',
  created_at: time(1),
  updated_at: time(9),
  closed_at: time(6),
  labels: [{ name: 'bug' }, { name: 'late' }],
})

const read = (told: Told, subject: string, ...fields: readonly string[]) =>
  told.map(({ event, payload }) => {
    const of = payload[subject] as Record<string, unknown>
    return [event, payload.action, ...fields.map((field) => of[field])]
  })

describe('an issue', () => {
  it('is told by every close and reopening, each close as seen a second later, so that its webhook stands', () => {
    const changes = [
      change('closed', 3, 'not_planned'),
      change('reopened', 4),
      change('labeled', 5, 'late'),
      change('closed', 6, 'completed'),
    ]
    const told = issueTold(REPOSITORY, ISSUE, changes)
    expect(read(told, 'issue', 'state', 'closed_at', 'updated_at', 'state_reason', 'labels')).toEqual([
      ['issues', 'closed', 'closed', time(3), '2026-01-03T10:00:01Z', 'not_planned', [{ name: 'bug' }]],
      ['issues', 'reopened', 'open', null, time(4), 'reopened', [{ name: 'bug' }]],
      ['issues', 'closed', 'closed', time(6), '2026-01-06T10:00:01Z', 'completed', [{ name: 'bug' }, { name: 'late' }]],
    ])
  })

  it('is closed as it says itself where the list of events does not tell', () => {
    expect(read(issueTold(REPOSITORY, ISSUE, []), 'issue', 'closed_at')).toEqual([['issues', 'closed', time(6)]])
  })

  it('is told as it stands where it is open', () => {
    const open = { ...ISSUE, state: 'open', state_reason: null, closed_at: null }
    expect(read(issueTold(REPOSITORY, open, []), 'issue', 'updated_at')).toEqual([['issues', 'edited', time(9)]])
    const untouched = { ...open, updated_at: time(1) }
    expect(read(issueTold(REPOSITORY, untouched, []), 'issue', 'updated_at')).toEqual([['issues', 'opened', time(1)]])
  })
})

const PULL = restPull.parse({
  number: 12,
  state: 'closed',
  merged: true,
  merged_at: time(9),
  merged_by: { login: 'ada' },
  created_at: time(1),
  updated_at: time(9),
  closed_at: time(9),
  commits: 2,
  head: { ref: 'fix', sha: 'c3', repo: { id: 1 } },
  base: { ref: 'main', sha: 'b' },
})

describe('a pull request', () => {
  it('is told in the order of time, with the head of then and merged only at its end', () => {
    const told = pullTold(REPOSITORY, PULL, {
      reviews: [restReview.parse({ state: 'APPROVED', submitted_at: time(5) }), restReview.parse({ state: 'PENDING' })],
      changes: [
        change('review_requested', 2, 'bruno'),
        change('closed', 6),
        change('reopened', 7),
        change('closed', 9),
      ],
      pushes: [
        { branch: 'fix', before: 'c1', after: 'c2', at: time(3), isMerge: false },
        { branch: 'fix', before: 'c2', after: 'c3', at: time(8), isMerge: false },
      ],
      commits: [],
    })
    const heads = told.map(({ payload }) => (payload.pull_request as { head: { sha: string } }).head.sha)
    expect(
      read(told, 'pull_request', 'state', 'merged_at', 'updated_at').map((one, at) => [...one, heads[at]]),
    ).toEqual([
      ['pull_request', 'opened', 'open', null, time(1), 'c1'],
      ['pull_request', 'review_requested', 'open', null, time(2), 'c1'],
      ['pull_request', 'synchronize', 'open', null, time(3), 'c2'],
      ['pull_request_review', 'submitted', 'open', null, time(5), 'c2'],
      ['pull_request', 'closed', 'closed', null, '2026-01-06T10:00:01Z', 'c2'],
      ['pull_request', 'reopened', 'open', null, time(7), 'c2'],
      ['pull_request', 'synchronize', 'open', null, time(8), 'c3'],
      ['pull_request', 'closed', 'closed', time(9), '2026-01-09T10:00:01Z', 'c3'],
    ])
    expect(told[1]?.payload.requested_reviewer).toEqual({ login: 'bruno' })
    expect(told[2]?.payload).toMatchObject({ before: 'c1', after: 'c2' })
  })

  it('is told no push while it is closed, but has the head of it once it is opened again', () => {
    const pull = { ...PULL, head: { ...PULL.head, sha: 'c4' } }
    const told = pullTold(REPOSITORY, pull, {
      reviews: [],
      changes: [change('closed', 3), change('reopened', 5), change('closed', 9)],
      pushes: [
        { branch: 'fix', before: 'c1', after: 'c2', at: time(2), isMerge: false },
        { branch: 'fix', before: 'c2', after: 'c3', at: time(4), isMerge: false },
        { branch: 'fix', before: 'c3', after: 'c4', at: time(6), isMerge: false },
      ],
      commits: [],
    })
    const heads = told.map(({ payload }) => (payload.pull_request as { head: { sha: string } }).head.sha)
    expect(told.map(({ payload }, at) => [payload.action, heads[at]])).toEqual([
      ['opened', 'c1'],
      ['synchronize', 'c2'],
      ['closed', 'c2'],
      ['reopened', 'c3'],
      ['synchronize', 'c4'],
      ['closed', 'c4'],
    ])
  })

  it('from a fork is named by its commits, since its pushes are not known', () => {
    const told = pullTold(REPOSITORY, PULL, { reviews: [], changes: [], pushes: [], commits: ['c1', 'c2', 'c3'] })
    expect(told.map(({ payload: { action, before, after } }) => [action, before, after])).toEqual([
      ['edited', 'c1', 'c2'],
      ['edited', 'c3', null],
      ['closed', undefined, undefined],
    ])
  })
})
