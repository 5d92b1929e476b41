import type { CommentDependencies } from '../../lib/comment/comment.ts'
import { commentHandler } from '../../lib/lambda/comment-handler.ts'
import { at, CLOSED_MILLIS, closed } from '../support/events.ts'
import { type Ground, LIST, MINUTE, NOTHING, openGround, POST } from './ground.ts'

let ground: Ground
beforeEach(async () => {
  ground = await openGround()
})
afterEach(() => ground.close())

describe('a run of commenting', () => {
  const LIMITED = { kind: 'limited', untilMillis: 1_800_000_000_000 }

  it('writes thirty at the most, a second apart, and leaves the others to the next', async () => {
    for (let number = 1; number <= 32; number += 1) await ground.tell(at(number, closed))
    expect(await ground.run()).toEqual({ ...NOTHING, posted: 30, isWhole: false })
    expect(ground.clock.pauses).toEqual(Array.from({ length: 30 }, () => 1000))
    expect(await ground.run()).toEqual({ ...NOTHING, posted: 2 })
  })

  it('stops in time, and goes on the next time', async () => {
    await ground.tell(closed)
    expect(await ground.run({ deadlineMillis: ground.clock.nowMillis + 19_000 })).toEqual({
      ...NOTHING,
      isWhole: false,
    })
    expect(await ground.run()).toEqual({ ...NOTHING, posted: 1 })
  })

  it('leaves GitHub alone once few requests remain, until its clock starts anew', async () => {
    ground.threads.state.remaining = 101
    await ground.tell(closed)
    await ground.tell(at(13, closed))
    expect(await ground.run()).toEqual({ ...NOTHING, posted: 1, isWhole: false, failure: LIMITED })
    expect(await ground.run()).toEqual({ ...NOTHING, isWhole: false, failure: LIMITED })
    expect(ground.threads.requests).toHaveLength(2)
    ground.threads.state.remaining = 5000
    ground.clock.nowMillis = Math.max(ground.clock.nowMillis, 1_800_000_000_000)
    expect((await ground.run()).failure).toBeUndefined()
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
    ground.threads.state.instead = () => ({ status, headers })
    await ground.tell(closed)
    expect(await ground.run()).toEqual({ ...NOTHING, isWhole: false, failure })
    ground.threads.state.instead = () => undefined
    ground.clock.nowMillis += 2 * MINUTE
    expect(await ground.run()).toEqual({ ...NOTHING, posted: 1 })
  })

  it('passes over a thread that the token may not write to, once', async () => {
    ground.threads.state.instead = (request) => (request.startsWith('POST') ? { status: 403 } : undefined)
    await ground.tell(closed)
    const failure = {
      kind: 'denied',
      message:
        'GITHUB_TOKEN may not comment on acme/shop#12 (403): a fine-grained token needs the repository permissions "Issues" and "Pull requests: read and write", a classic one the scope repo.',
    }
    expect(await ground.run()).toEqual({ ...NOTHING, denied: 1, failure })
    expect(await ground.run()).toEqual(NOTHING)
    expect(ground.threads.requests).toEqual([LIST, POST])
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
    await ground.tell(closed)
    await invoke(ground.dependencies())
    await ground.tell(at(13, closed))
    await invoke(ground.dependencies({}, 'other'))
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
