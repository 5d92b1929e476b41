import { openSystem, type System } from '../support/system.ts'
import { expectExplained, openStory as open, type Story } from './story.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(() => system.close())

let told: Story | undefined
const openStory = (of: System): Story => {
  told = open(of)
  return told
}
afterEach(async () => {
  if (told !== undefined) await expectExplained(told)
})

describe('an issue', () => {
  it('that is reopened goes on in the same trace, linked to the episode before', async () => {
    const story = openStory(system)
    await story.issue(1, 'opened', 0)
    await story.pull(2, 'opened', 1, { body: 'Closes #1' })
    await story.merged(2, 3, story.sha('one'))
    await story.issue(1, 'closed', 4)
    await story.issue(1, 'reopened', 10, { state: 'open', state_reason: 'reopened' })
    await story.pull(3, 'opened', 11, { body: 'Closes #1' })
    await story.merged(3, 13, story.sha('two'))
    await story.issue(1, 'closed', 14)
    expect(story.tree()).toEqual([
      'issue #1 0-4 success',
      '  pull_request #2 1-3 success, by closing_keyword',
      'issue #1 (2) 10-14 success, reopened issue #1, lay closed 6',
      '  pull_request #3 11-13 success, by closing_keyword',
    ])
    expect(new Set(story.spans().map(({ traceId }) => traceId)).size).toBe(1)
  })

  it('whose second close has overtaken the first and the reopening is corrected under the same ids', async () => {
    const story = openStory(system)
    await story.issue(1, 'opened', 0)
    await story.issue(1, 'closed', 14)
    expect(story.tree()).toEqual(['issue #1 0-14 success'])
    await story.issue(1, 'reopened', 10, { state: 'open' })
    await story.issue(1, 'closed', 4)
    expect(story.tree()).toEqual([
      'issue #1 0-4 success, corrected 1',
      'issue #1 (2) 10-14 success, reopened issue #1, corrected 1, lay closed 6',
    ])
  })

  it('that is transferred ends here, and the new one links to it', async () => {
    const story = openStory(system)
    await story.issue(1, 'opened', 0)
    await story.issue(1, 'transferred', 3)
    const old = { number: 1 }
    const repository = {
      name: story.repository,
      full_name: `Codertocat/${story.repository}`,
      html_url: `https://github.com/Codertocat/${story.repository}`,
      owner: { login: 'Codertocat' },
    }
    await story.issue(51, 'opened', 3, {}, { changes: { old_issue: old, old_repository: repository } })
    await story.issue(51, 'closed', 9)
    expect(story.tree()).toEqual(['issue #1 0-3 skip', 'issue #51 3-9 success, transferred_from issue #1'])
  })

  it('that is deleted ends', async () => {
    const story = openStory(system)
    await story.issue(1, 'opened', 0)
    await story.issue(1, 'deleted', 3)
    expect(story.tree()).toEqual(['issue #1 0-3 cancellation'])
  })

  it('stays the same when its repository is renamed, and so does its trace', async () => {
    const story = openStory(system)
    await story.issue(1, 'opened', 0)
    await story.pull(2, 'opened', 1, { body: 'Closes #1' })
    await story.renamed(5)
    await story.pull(3, 'opened', 6, { body: 'Closes #1', branch: 'later' })
    await story.merged(2, 7, story.sha('one'))
    await story.merged(3, 8, story.sha('two'))
    await story.issue(1, 'closed', 9)
    expect(story.tree()).toEqual([
      'issue #1 0-9 success',
      '  pull_request #2 1-7 success, by closing_keyword',
      '  pull_request #3 6-8 success, by closing_keyword',
    ])
  })
})

describe('a parent', () => {
  it('that is named while the child is open takes it over, with what had gone out below it', async () => {
    const story = openStory(system)
    await story.issue(1, 'opened', 0)
    await story.pull(2, 'opened', 1)
    await story.ended(`Codertocat/${story.repository}/PR-2`, 1, 3, 1)
    const [alone] = story.spans()
    await story.pull(2, 'edited', 4, { body: 'Closes #1' })
    await story.merged(2, 5, story.sha('merge'))
    await story.issue(1, 'closed', 6)
    expect(story.tree()).toEqual([
      'issue #1 0-6 success',
      '  pull_request #2 1-5 success, by closing_keyword',
      '    build PR-2#1 2-3 success, by pull_request_number, left a trace, corrected 1',
    ])
    const build = story.spans().find(({ name }) => name === 'build')
    expect(build?.links).toEqual([{ traceId: alone?.traceId, spanId: alone?.spanId, reason: 'former_trace' }])
  })

  it('that was named by mistake is left for the one that is named instead', async () => {
    const story = openStory(system)
    await story.issue(1, 'opened', 0)
    await story.issue(2, 'opened', 0)
    await story.pull(3, 'opened', 1, { body: 'Closes #1' })
    await story.pull(3, 'edited', 2, { body: 'Closes #2' })
    await story.merged(3, 5, story.sha('merge'))
    await story.issue(1, 'closed', 6)
    await story.issue(2, 'closed', 7)
    expect(story.tree()).toEqual([
      'issue #1 0-6 success',
      'issue #2 0-7 success',
      '  pull_request #3 1-5 success, by closing_keyword',
    ])
  })

  it('that is reported after its child, even days later, finds it', async () => {
    const story = openStory(system)
    const head = story.sha('head')
    await story.ended(`ci/${story.repository}`, 1, 3, 1, { scmInfo: { url: '', branch: '', commit: head } })
    await story.deployment(4, 3, { sha: story.sha('merge') })
    await story.deploymentStatus(4, 4, 'success', { sha: story.sha('merge') })
    await story.issue(12, 'closed', 9000, { created_at: '2026-09-01T09:00:00Z' })
    await story.merged(2, 2, story.sha('merge'), { sha: head, branch: '12-x', created_at: '2026-09-01T09:01:00Z' })
    expect(story.tree()).toEqual([
      'issue #12 0-9000 success',
      '  pull_request #2 1-2 success, by branch_number',
      `    build ${story.repository}#1 2-3 success, by head_sha, left a trace, corrected 1`,
      '    deploy #4 3-4 success, by merge_sha, left a trace, corrected 1',
    ])
  })

  it('that was closed long ago still adopts children', async () => {
    const story = openStory(system)
    await story.issue(1, 'opened', 0)
    await story.issue(1, 'closed', 5)
    await story.pull(2, 'opened', 100_000, { body: 'Closes #1' })
    await story.closedUnmerged(2, 100_005)
    expect(story.tree()).toEqual([
      'issue #1 0-5 success',
      '  pull_request #2 100000-100005 cancellation, by closing_keyword',
    ])
  })
})

describe('a pull request', () => {
  it('that is closed unmerged is closed, not failed', async () => {
    const story = openStory(system)
    await story.pull(2, 'opened', 0)
    await story.closedUnmerged(2, 5)
    const [span] = story.spans()
    expect([span?.attributes['vcs.change.state'], span?.attributes['valuestream.result'], span?.statusCode]).toEqual([
      'closed',
      'cancellation',
      0,
    ])
  })

  it('tells how its review went and how long it was a draft, and what happened when', async () => {
    const story = openStory(system)
    await story.pull(2, 'opened', 0, { draft: true })
    await story.pull(2, 'ready_for_review', 10, { draft: false })
    await story.pull(2, 'review_requested', 11, {}, { requested_reviewer: { login: 'grace' } })
    await story.review(2, 20, 'grace', 'changes_requested')
    await story.pull(2, 'synchronize', 30, { sha: story.sha('two') }, { before: story.sha('head 2') })
    await story.review(2, 40, 'grace', 'approved')
    await story.merged(2, 50, story.sha('merge'))
    await story.review(2, 60, 'edsger', 'commented')
    const [span] = story.spans()
    expect(span?.attributes).toMatchObject({
      'pull_request.draft_millis': 10 * 60_000,
      'pull_request.reviews_count': 2,
      'pull_request.review_rounds': 2,
      'pull_request.time_to_first_review_millis': 20 * 60_000,
      'pull_request.time_to_first_approval_millis': 40 * 60_000,
    })
    expect(span?.attributes['valuestream.correction']).toBeUndefined()
    const minute = (atMillis: number): number => (atMillis - Date.UTC(2026, 8, 1, 9)) / 60_000
    expect(span?.events.map(({ name, atMillis, attributes }) => [name, minute(atMillis), attributes])).toEqual([
      ['ready_for_review', 10, {}],
      ['review_requested', 11, { 'review.user.name': 'grace' }],
      ['review', 20, { 'review.state': 'changes_requested', 'review.user.name': 'grace' }],
      ['pushed', 30, {}],
      ['review', 40, { 'review.state': 'approved', 'review.user.name': 'grace' }],
    ])
  })
})

describe('a run', () => {
  it.each([
    ['UNSTABLE', 'success', 0],
    ['ABORTED', 'cancellation', 0],
    ['NOT_BUILT', 'skip', 0],
    ['FAILURE', 'failure', 2],
    ['UNKNOWN', 'error', 2],
  ])('that Jenkins calls %s is %s', async (word, result, statusCode) => {
    const story = openStory(system)
    await story.ended(`${story.repository}/x`, 1, 5, 2, { result: word })
    const [span] = story.spans()
    expect([span?.attributes['build.result'], span?.attributes['valuestream.result'], span?.statusCode]).toEqual([
      word,
      result,
      statusCode,
    ])
  })
})
