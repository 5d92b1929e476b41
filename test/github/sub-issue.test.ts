import { issuesPayload, subIssuesPayload } from '../payloads/github.ts'
import { eventOf, eventsOf, join, translated } from './translated.ts'

const SUB = 'issue:github.com/codertocat/hello-world#1'
const PARENT = 'issue:github.com/codertocat/hello-world#7'

describe("translating GitHub's sub-issues", () => {
  it('tells the whole of both issues, and which is above', () => {
    const sub = { updated_at: '2019-05-16T08:00:00Z' }
    const parent = { updated_at: '2019-05-16T08:00:01Z' }
    const [told, above, ...more] = eventsOf('sub_issues', subIssuesPayload('sub_issue_added', { sub, parent }))
    expect(told).toEqual({
      ...eventOf('issues', issuesPayload('edited', sub)),
      observedMillis: Date.UTC(2019, 4, 16, 8, 0, 1),
      references: { parent_issue: [join(PARENT)] },
    })
    expect(above).toEqual(
      eventOf('issues', issuesPayload('edited', { ...parent, number: 7, title: 'Proofread everything' })),
    )
    expect(more).toEqual([])
  })

  it.each([
    ['sub_issue_added', [join(PARENT)]],
    ['parent_issue_added', [join(PARENT)]],
    ['sub_issue_removed', []],
    ['parent_issue_removed', []],
  ])('says by %s what the parent is', (action, parent_issue) => {
    const address = 'https://api.github.com/repos/Codertocat/Hello-World/issues/99'
    const payload = subIssuesPayload(action, { sub: { parent_issue_url: address } })
    const [sub, parent] = eventsOf('sub_issues', payload)
    expect([sub?.key, sub?.references]).toEqual([SUB, { parent_issue }])
    expect([parent?.key, parent?.references]).toEqual([PARENT, {}])
  })

  it('names either issue by the repository that is named for it', () => {
    const { repository } = issuesPayload('opened', {}) as { repository: object }
    const other = { ...repository, name: 'Roadmap', html_url: 'https://github.com/Codertocat/Roadmap' }
    const keys = (more: object) =>
      eventsOf('sub_issues', subIssuesPayload('sub_issue_added', {}, more)).map(({ key }) => key)
    expect(keys({ parent_issue_repo: other })).toEqual([SUB, 'issue:github.com/codertocat/roadmap#7'])
    expect(keys({ sub_issue_repo: other })).toEqual(['issue:github.com/codertocat/roadmap#1', PARENT])
  })

  it('tells the end of an issue that is closed by then', () => {
    const sub = { state: 'closed', closed_at: '2019-05-16T08:00:00Z' }
    const [told] = eventsOf('sub_issues', subIssuesPayload('sub_issue_removed', { sub }))
    expect(told?.stage).toBe('updated')
    expect(told?.ended?.atMillis).toBe(Date.UTC(2019, 4, 16, 8))
  })

  it('says what is malformed and what it ignores', () => {
    expect(translated('sub_issues', subIssuesPayload('sub_issue_added', { sub: { number: null } }))).toEqual({
      kind: 'malformed',
      reason: 'the field sub_issue.number is missing or of the wrong type',
    })
    expect(translated('sub_issues', subIssuesPayload('sub_issue_reprioritized', {}))).toEqual({
      kind: 'ignored',
      reason: 'the action tells of no parent that came or went',
    })
  })
})
