import { issueKey, pullRequestKey } from '../../lib/delivery/activity.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { traceIdOf } from '../../lib/delivery/identity.ts'
import { joinActivity } from '../../lib/delivery/reference.ts'
import type { ExportOutcome } from '../../lib/record/ports.ts'
import { at, CLOSED_MILLIS, closed, ISSUE_12, SHOP } from '../support/events.ts'
import { type Ground, LIST, MINUTE, NOTHING, openGround, POST, THREAD } from './ground.ts'

const link = (traceId: string) => `[Where the time went](https://jaeger.example.com/trace/${traceId})`
const TEXT = `<!-- valuestream ${ISSUE_12} -->
From opening to closing, this issue took **2 d 8 h**. ${link(traceIdOf(ISSUE_12))}
`

let ground: Ground
beforeEach(async () => {
  ground = await openGround()
})
afterEach(() => ground.close())

describe('what was closed', () => {
  it('has one comment, with its duration and its trace, however often is looked', async () => {
    await ground.tell(closed)
    expect(await ground.run()).toEqual({ ...NOTHING, posted: 1 })
    expect(ground.threads.bodies(THREAD)).toEqual([TEXT])
    expect(await ground.run()).toEqual(NOTHING)
    ground.clock.nowMillis += 5 * MINUTE
    expect(await ground.run()).toEqual(NOTHING)
    expect(ground.threads.requests).toEqual([LIST, POST])
  })

  it('has its comment changed in place when it gets another trace', async () => {
    ground.threads.add(THREAD, 'First!')
    await ground.tell(closed)
    await ground.run()
    await ground.tell({ ...closed, references: { parent_issue: [joinActivity(issueKey(SHOP, 1))] } })
    expect(await ground.run()).toEqual({ ...NOTHING, changed: 1 })
    expect(ground.threads.bodies(THREAD)).toEqual([
      'First!',
      TEXT.replace(traceIdOf(ISSUE_12), traceIdOf(issueKey(SHOP, 1))),
    ])
  })

  it('has the comment found again that a run has left which died before it could remember it', async () => {
    for (let count = 0; count < 120; count += 1) ground.threads.add(THREAD, `Comment ${count}`)
    ground.threads.add(THREAD, `> <!-- valuestream ${ISSUE_12} --> quoted`)
    ground.threads.add(THREAD, `<!-- valuestream ${ISSUE_12} -->\nAs it was said before.`)
    await ground.tell(closed)
    expect(await ground.run()).toEqual({ ...NOTHING, changed: 1 })
    expect(ground.threads.bodies(THREAD).slice(120)).toEqual([`> <!-- valuestream ${ISSUE_12} --> quoted`, TEXT])
  })

  it('is left alone where somebody has deleted the comment', async () => {
    await ground.tell(closed)
    await ground.run()
    ground.threads.forget(THREAD)
    await ground.tell({ ...closed, references: { parent_issue: [joinActivity(issueKey(SHOP, 1))] } })
    expect(await ground.run()).toEqual(NOTHING)
    expect(ground.threads.bodies(THREAD)).toEqual([])
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
    await ground.tell(pull)
    await ground.run()
    expect(ground.threads.bodies('shop/issues/34')).toEqual([
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
    await ground.tell(event, outcome)
    expect(await ground.run()).toEqual(NOTHING)
    expect(ground.threads.requests).toEqual([])
  })

  it('of what was closed before the first run', async () => {
    await ground.tell(closed)
    ground.clock.nowMillis += 5 * MINUTE
    const { commented } = ground.dependencies()
    await commented.keep({})
    expect([await ground.run(), await ground.run()]).toEqual([NOTHING, NOTHING])
    expect(ground.threads.requests).toEqual([])
  })
})
