import { answerFigures, redeliveryFigures, sweepFigures } from '../../lib/lambda/figures.ts'
import { type Answer, tooLarge, unavailable } from '../../lib/record/receive.ts'
import type { Recorded } from '../../lib/record/record.ts'

const answer = (status: number, report: Answer['report']): Answer => ({ status, body: {}, report })
const recorded = (more: Partial<Recorded>): Answer =>
  answer(202, {
    outcome: 'recorded',
    recorded: { contexts: [], because: [], lostRaces: 0, exported: undefined, dueSpans: 0, ...more },
  })

describe('a webhook counts', () => {
  it.each([
    ['a ping', answer(200, { outcome: 'ping' }), { Received: 1 }],
    ['what is ignored', answer(202, { outcome: 'ignored' }), { Received: 1, Ignored: 1 }],
    ['a wrong signature', answer(401, { outcome: 'refused' }), { Received: 1, RefusedSignature: 1 }],
    ['a malformed payload', answer(400, { outcome: 'refused' }), { Received: 1, RefusedMalformed: 1 }],
    ['a body too large', tooLarge(9), { Received: 1, RefusedTooLarge: 1 }],
    ['a store that fails', unavailable('away'), { Received: 1, Unavailable: 1 }],
    ['what is recorded', recorded({}), { Received: 1, Recorded: 1 }],
    ['lost races', recorded({ lostRaces: 3 }), { Received: 1, Recorded: 1, LostRaces: 3 }],
    [
      'spans that went out',
      recorded({ exported: { kind: 'accepted' }, dueSpans: 2 }),
      { Received: 1, Recorded: 1, Exported: 2 },
    ],
    [
      'spans that wait',
      recorded({ exported: { kind: 'refused', message: 'too old' }, dueSpans: 2 }),
      { Received: 1, Recorded: 1, ExportFailed: 1 },
    ],
  ])('%s', (_, given, figures) => {
    expect(answerFigures(given)).toEqual(figures)
  })
})

describe('a sweep counts', () => {
  const swept = { exported: 5, undeliverable: 1, abandoned: 2, postponed: 3 }

  it('what it did, and how old the oldest is that waits', () => {
    expect(sweepFigures({ ...swept, message: 'away', outbox: { count: 7, oldestMillis: 1_000 } }, 62_400)).toEqual({
      Exported: 5,
      ExportFailed: 1,
      Undeliverable: 1,
      Postponed: 3,
      Abandoned: 2,
      OutboxSize: 7,
      OutboxAgeSeconds: 61,
    })
  })

  it('zeros, where nothing waits and nothing has failed', () => {
    const idle = { exported: 0, undeliverable: 0, abandoned: 0, postponed: 0 }
    expect(sweepFigures({ ...idle, outbox: { count: 0, oldestMillis: undefined } }, 62_400)).toEqual({
      Exported: 0,
      ExportFailed: 0,
      Undeliverable: 0,
      Postponed: 0,
      Abandoned: 0,
      OutboxSize: 0,
      OutboxAgeSeconds: 0,
    })
  })
})

describe('a run of the redelivery counts', () => {
  const report = { hook: 'acme/shop#1', listed: 5, redelivered: 0, rejected: 0, waiting: 0 }
  it.each([
    ['nothing where there was nothing to do', report, {}],
    [
      'what was delivered again, and what never will be',
      { ...report, redelivered: 3, rejected: 1 },
      { Redelivered: 3, RedeliveryRejected: 1 },
    ],
    ['a failure', { ...report, failure: { kind: 'denied', message: 'no' } as const }, { RedeliveryFailed: 1 }],
    ['no limit, which passes', { ...report, failure: { kind: 'limited', untilMillis: 1 } as const }, {}],
  ])('%s', (_what, given, figures) => {
    expect(redeliveryFigures(given)).toEqual(figures)
  })
})
