import { type CommentDependencies, comment } from '../../lib/comment/comment.ts'
import { issueKey, pullRequestKey } from '../../lib/delivery/activity.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { traceIdOf } from '../../lib/delivery/identity.ts'
import { joinActivity } from '../../lib/delivery/reference.ts'
import { dynamoDbCommented } from '../../lib/dynamodb/commented.ts'
import { dynamoDbFeed } from '../../lib/dynamodb/feed.ts'
import { dynamoDbStore } from '../../lib/dynamodb/store.ts'
import { githubComments } from '../../lib/github-api/comments.ts'
import { commentHandler } from '../../lib/lambda/comment-handler.ts'
import type { ExportOutcome } from '../../lib/record/ports.ts'
import { record } from '../../lib/record/record.ts'
import { at, CLOSED_MILLIS, closed, ISSUE_12, SHOP } from '../support/events.ts'
import { openTestTable, type TestTable } from '../support/test-table.ts'
import { openThreads, type Threads, TOKEN } from './fake-threads.ts'

const MINUTE = 60_000
const THREAD = 'shop/issues/12'
const [LIST, POST] = [`GET /repos/acme/${THREAD}/comments`, `POST /repos/acme/${THREAD}/comments`]
const link = (traceId: string) => `[Where the time went](https://jaeger.example.com/trace/${traceId})`
const TEXT = `<!-- valuestream ${ISSUE_12} -->
From opening to closing, this issue took **2 d 8 h**. ${link(traceIdOf(ISSUE_12))}
`

let table: TestTable
let threads: Threads
let clock: { nowMillis: number; pauses: number[] }
beforeEach(async () => {
  ;[table, threads] = await Promise.all([openTestTable(), openThreads()])
  clock = { nowMillis: CLOSED_MILLIS, pauses: [] }
  await run()
  clock.nowMillis += 5 * MINUTE
})
afterEach(() => Promise.all([table.close(), threads.close()]))

const now = () => clock.nowMillis
const dependencies = (more: Partial<CommentDependencies> = {}): CommentDependencies => ({
  feed: dynamoDbFeed(table),
  comments: githubComments({ baseUrl: threads.url, token: TOKEN, now, timeoutMillis: 5000 }),
  commented: dynamoDbCommented({ client: table.client, tableName: table.tableName, now }),
  githubHost: 'github.com',
  traceUrl: 'https://jaeger.example.com/trace/{traceId}',
  now,
  pause: async (millis) => {
    await Promise.resolve()
    clock.pauses.push(millis)
  },
  deadlineMillis: clock.nowMillis + 52_000,
  ...more,
})
const run = (more: Partial<CommentDependencies> = {}) => comment(dependencies(more))
const tell = async (event: DeliveryEvent, outcome: ExportOutcome = { kind: 'accepted' }) => {
  const store = dynamoDbStore({ client: table.client, tableName: table.tableName, now, ttlSeconds: 3600 })
  await record([event], { store, exporter: { export: () => Promise.resolve(outcome) }, pause: async () => {} })
}
const NOTHING = { posted: 0, changed: 0, denied: 0, isWhole: true }

describe('what was closed', () => {
  it('has one comment, with its duration and its trace, however often is looked', async () => {
    await tell(closed)
    expect(await run()).toEqual({ ...NOTHING, posted: 1 })
    expect(threads.bodies(THREAD)).toEqual([TEXT])
    expect(await run()).toEqual(NOTHING)
    clock.nowMillis += 5 * MINUTE
    expect(await run()).toEqual(NOTHING)
    expect(threads.requests).toEqual([LIST, POST])
  })

  it('has its comment changed in place when it gets another trace', async () => {
    threads.add(THREAD, 'First!')
    await tell(closed)
    await run()
    await tell({ ...closed, references: { parent_issue: [joinActivity(issueKey(SHOP, 1))] } })
    expect(await run()).toEqual({ ...NOTHING, changed: 1 })
    expect(threads.bodies(THREAD)).toEqual(['First!', TEXT.replace(traceIdOf(ISSUE_12), traceIdOf(issueKey(SHOP, 1)))])
  })

  it('has the comment found again that a run has left which died before it could remember it', async () => {
    for (let count = 0; count < 120; count += 1) threads.add(THREAD, `Comment ${count}`)
    threads.add(THREAD, `> <!-- valuestream ${ISSUE_12} --> quoted`)
    threads.add(THREAD, `<!-- valuestream ${ISSUE_12} -->\nAs it was said before.`)
    await tell(closed)
    expect(await run()).toEqual({ ...NOTHING, changed: 1 })
    expect(threads.bodies(THREAD).slice(120)).toEqual([`> <!-- valuestream ${ISSUE_12} --> quoted`, TEXT])
  })

  it('is left alone where somebody has deleted the comment', async () => {
    await tell(closed)
    await run()
    threads.forget(THREAD)
    await tell({ ...closed, references: { parent_issue: [joinActivity(issueKey(SHOP, 1))] } })
    expect(await run()).toEqual(NOTHING)
    expect(threads.bodies(THREAD)).toEqual([])
  })

  it('tells of a pull request how long it waited for its review', async () => {
    const pull: DeliveryEvent = {
      ...closed,
      key: pullRequestKey(SHOP, 34),
      operation: 'pull_request',
      attributes: { 'user.name': 'ada', 'pull_request.merged': true },
      happenings: [
        {
          name: 'review',
          atMillis: CLOSED_MILLIS - 60 * MINUTE,
          attributes: { 'review.state': 'approved', 'review.user.name': 'bob' },
        },
      ],
    }
    await tell(pull)
    await run()
    expect(threads.bodies('shop/issues/34')).toEqual([
      `<!-- valuestream ${pull.key} -->
From opening to merging, this pull request took **2 d 8 h**, 2 d 7 h of it until the first review. ${link(traceIdOf(pull.key))}
`,
    ])
  })
})

describe('no comment is made', () => {
  const unsaid: readonly (readonly [string, DeliveryEvent, ExportOutcome?])[] = [
    ['of what is open', { ...at(12, closed), stage: 'reopened', reopenedMillis: CLOSED_MILLIS + 1000 }],
    ['of what the backend has not taken', closed, { kind: 'retryable', message: 'away' }],
    ['of what the backend will not take', closed, { kind: 'refused', message: 'too old' }],
    ['of another host', { ...closed, key: 'issue:git.acme.com/acme/shop#12' }],
    [
      'of what is neither an issue nor a pull request',
      { ...closed, key: 'event:mobile/release/1', operation: 'release' },
    ],
    ['where the issue was transferred', { ...closed, attributes: { 'issue.state_reason': 'transferred' } }],
    [
      'of what ended more than a week ago, as history that is imported',
      {
        ...closed,
        opened: { atMillis: CLOSED_MILLIS - 9 * 24 * 60 * MINUTE, certainty: 'reported' },
        ended: { atMillis: CLOSED_MILLIS - 7 * 24 * 60 * MINUTE, certainty: 'reported', result: 'success' },
      },
    ],
  ]
  it.each(unsaid.map(([name, event, outcome]) => ({ name, event, outcome })))('$name', async ({ event, outcome }) => {
    await tell(event, outcome)
    expect(await run()).toEqual(NOTHING)
    expect(threads.requests).toEqual([])
  })

  it('of what was closed before the first run', async () => {
    await tell(closed)
    clock.nowMillis += 5 * MINUTE
    const { commented } = dependencies()
    await commented.keep({})
    expect([await run(), await run()]).toEqual([NOTHING, NOTHING])
    expect(threads.requests).toEqual([])
  })
})

describe('a run of commenting', () => {
  const LIMITED = { kind: 'limited', untilMillis: 1_800_000_000_000 }

  it('writes thirty at the most, a second apart, and leaves the others to the next', async () => {
    for (let number = 1; number <= 32; number += 1) await tell(at(number, closed))
    expect(await run()).toEqual({ ...NOTHING, posted: 30, isWhole: false })
    expect(clock.pauses).toEqual(Array.from({ length: 30 }, () => 1000))
    expect(await run()).toEqual({ ...NOTHING, posted: 2 })
  })

  it('stops in time, and goes on the next time', async () => {
    await tell(closed)
    expect(await run({ deadlineMillis: clock.nowMillis + 19_000 })).toEqual({ ...NOTHING, isWhole: false })
    expect(await run()).toEqual({ ...NOTHING, posted: 1 })
  })

  it('leaves GitHub alone once few requests remain, until its clock starts anew', async () => {
    threads.state.remaining = 101
    await tell(closed)
    await tell(at(13, closed))
    expect(await run()).toEqual({ ...NOTHING, posted: 1, isWhole: false, failure: LIMITED })
    expect(await run()).toEqual({ ...NOTHING, isWhole: false, failure: LIMITED })
    expect(threads.requests).toHaveLength(2)
    threads.state.remaining = 5000
    clock.nowMillis = Math.max(clock.nowMillis, 1_800_000_000_000)
    expect((await run()).failure).toBeUndefined()
  })

  it.each([
    [403, { 'retry-after': '60' }, { kind: 'limited', untilMillis: CLOSED_MILLIS + 6 * MINUTE }],
    [502, {}, { kind: 'failed', message: 'GitHub answered 502' }],
    [
      401,
      {},
      {
        kind: 'failed',
        message: 'GitHub does not accept GITHUB_TOKEN (401): it is wrong, has expired or was revoked.',
      },
    ],
  ])('stops at an answer %d %j, and tries again what it did not get to', async (status, headers, failure) => {
    threads.state.instead = () => ({ status, headers })
    await tell(closed)
    expect(await run()).toEqual({ ...NOTHING, isWhole: false, failure })
    threads.state.instead = () => undefined
    clock.nowMillis += 2 * MINUTE
    expect(await run()).toEqual({ ...NOTHING, posted: 1 })
  })

  it('passes over a thread that the token may not write to, once', async () => {
    threads.state.instead = (request) => (request.startsWith('POST') ? { status: 403 } : undefined)
    await tell(closed)
    const failure = {
      kind: 'denied',
      message:
        'GITHUB_TOKEN may not comment on acme/shop#12 (403): a fine-grained token needs the repository permissions "Issues" and "Pull requests: read and write", a classic one the scope repo.',
    }
    expect(await run()).toEqual({ ...NOTHING, denied: 1, failure })
    expect(await run()).toEqual(NOTHING)
    expect(threads.requests).toEqual([LIST, POST])
  })
})

describe('the function comment', () => {
  const lines: unknown[] = []
  const invoke = (prepared: CommentDependencies | undefined) =>
    commentHandler(
      () => Promise.resolve(prepared),
      (...line) => lines.push(line),
    )({}, { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 55_000 })
  beforeEach(() => lines.splice(0))

  it('does nothing where it is switched off, and says so', async () => {
    expect(await invoke(undefined)).toEqual([])
    expect(lines).toEqual([
      ['info', 'nothing is commented on: that takes TRACE_COMMENTS=on and GITHUB_TOKEN', { requestId: 'r-1' }],
    ])
  })

  it('writes a line of what it did, or of what the token lacks, and never the token', async () => {
    await tell(closed)
    await invoke(dependencies())
    await tell(at(13, closed))
    await invoke(
      dependencies({ comments: githubComments({ baseUrl: threads.url, token: 'other', now, timeoutMillis: 5000 }) }),
    )
    const message = 'commented on what was closed'
    expect(lines).toEqual([
      ['info', message, { requestId: 'r-1', ...NOTHING, posted: 1 }, { Commented: 1 }],
      [
        'warn',
        message,
        {
          requestId: 'r-1',
          ...NOTHING,
          isWhole: false,
          failure: 'failed',
          reason: 'GitHub does not accept GITHUB_TOKEN (401): it is wrong, has expired or was revoked.',
        },
        { CommentFailed: 1 },
      ],
    ])
  })
})
