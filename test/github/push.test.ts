import { pushPayload } from '../payloads/github.ts'
import { eventOf, join, named, translated, VCS, wait } from './translated.ts'

const SHA = '6113728f27ae82c7b1a177c8d03f9e96e0adf246'
const HOME = 'github.com/codertocat/hello-world'
const { repository } = pushPayload({}) as { repository: object }
const ELSEWHERE = 'the push is not one to the default branch'

/** A push of commits with these messages, the last of which is the head. */
const pushOf = (...messages: readonly string[]) =>
  pushPayload({
    commits: messages.map((message) => ({ message, distinct: true })),
    head_commit: { message: messages.at(-1) },
  })

describe("translating GitHub's pushes", () => {
  it('tells that a recorded commit has landed', () => {
    expect(eventOf('push', pushPayload({ after: SHA.toUpperCase() }))).toEqual({
      key: `commit:${HOME}@${SHA}`,
      operation: 'commit',
      stage: 'started',
      observedMillis: 1_557_933_657_000,
      opened: { atMillis: 1_557_933_657_000, certainty: 'reported' },
      attributes: { ...VCS, service: 'github' },
      references: {},
      names: [`landed:${SHA}`],
      landed: { sha: SHA, atMillis: 1_557_933_657_000 },
    })
  })

  it.each([
    [1_557_933_657, 1_557_933_657_000],
    ['2019-05-15T15:20:57Z', 1_557_933_657_000],
    [null, Date.UTC(2019, 4, 15, 15, 19, 25)],
  ])('takes %s for the time of the push', (pushed_at, atMillis) => {
    const event = eventOf('push', pushPayload({ repository: { ...repository, pushed_at } }))
    expect([event.observedMillis, event.opened.atMillis, event.landed?.atMillis]).toEqual([
      atMillis,
      atMillis,
      atMillis,
    ])
  })

  it('reads what the commits say', () => {
    const event = eventOf(
      'push',
      pushOf('Fixes #3', 'Fixes #3 and fixes acme/shop#4', 'Why not\n\nvstrace-github-issue-Codertocat/Hello-World-5'),
    )
    expect(event.references).toEqual({
      marker: [join(`issue:${HOME}#5`)],
      closing_keyword: [join(`issue:${HOME}#3`), join('issue:github.com/acme/shop#4')],
    })
  })

  it('reads no commit that was pushed before, and only the last fifty', () => {
    const again = pushPayload({ commits: [{ message: 'Fixes #3', distinct: false }, { message: 'Fixes #4' }] })
    expect(eventOf('push', again).references.closing_keyword).toEqual([join(`issue:${HOME}#4`)])
    const many = pushOf(...Array.from({ length: 51 }, (_, index) => `Fixes #${index + 1}`))
    const closed = eventOf('push', many).references.closing_keyword
    expect(closed).toHaveLength(50)
    expect(closed?.[0]).toEqual(join(`issue:${HOME}#2`))
  })

  it.each([
    ['Fix the thing (#12)', 12],
    ['Fix the thing (#12) \n\n* one\n* two (#13)', 12],
    ['Merge pull request #12 from acme/x\n\nFix the thing', 12],
    ['Fix the thing (#12), at last', undefined],
    ['Fix the thing\n\nas said (#12)', undefined],
    ['Revert "Merge pull request #12 from acme/x"', undefined],
    ['Fix the thing(#12)', undefined],
    ['', undefined],
  ])('takes the head commit %j to be of pull request %s', (message, number) => {
    expect(eventOf('push', pushOf('Another (#99)', message)).references.pull_request_number).toEqual(
      number === undefined ? undefined : [wait(`pull_request:${HOME}#${number}`)],
    )
  })

  it('may be found by the name that a merge has too', () => {
    expect(eventOf('push', pushPayload({})).names.map(named)).toEqual([named(`landed:${SHA}`)])
  })

  it.each([
    ['to another branch', { ref: 'refs/heads/changes' }, ELSEWHERE],
    ['of a tag', { ref: 'refs/tags/master' }, ELSEWHERE],
    ['where no branch is said to be the default', { repository: { ...repository, default_branch: null } }, ELSEWHERE],
    ['that deletes the branch', { deleted: true }, 'the push has deleted the branch'],
    ['that leaves nothing', { after: '0'.repeat(40) }, 'the push has deleted the branch'],
  ])('ignores a push %s', (_what, fields, reason) => {
    expect(translated('push', pushPayload(fields))).toEqual({ kind: 'ignored', reason })
  })

  it.each([
    ['no commit', { after: null }, 'the field after is missing or of the wrong type'],
    [
      'no time',
      { head_commit: null, repository: { ...repository, pushed_at: null } },
      'the field repository.pushed_at is not a time',
    ],
  ])('says that a push of %s is malformed', (_what, fields, reason) => {
    expect(translated('push', pushPayload(fields))).toEqual({ kind: 'malformed', reason })
  })
})
