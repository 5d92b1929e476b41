import { ABANDONED_AFTER_MILLIS } from '../../lib/delivery/abandoned.ts'
import { issueKey, runKey } from '../../lib/delivery/activity.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import type { CompletedSpan } from '../../lib/delivery/span.ts'
import type { ExportOutcome } from '../../lib/record/ports.ts'
import { record } from '../../lib/record/record.ts'
import { type SweepDependencies, sweep } from '../../lib/record/sweep.ts'
import { CLOSED_MILLIS, closed, SHOP } from '../support/events.ts'
import { memoryStore } from '../support/memory-store.ts'

const RETRYABLE: ExportOutcome = { kind: 'retryable', message: 'away' }
const ACCEPTED: ExportOutcome = { kind: 'accepted' }

/** A world with a clock to turn, and a backend that answers as it is told. */
const world = (respond: (spans: readonly CompletedSpan[]) => ExportOutcome = () => ACCEPTED) => {
  const state = { nowMillis: CLOSED_MILLIS, respond }
  const sent: (readonly CompletedSpan[])[] = []
  const store = memoryStore(() => state.nowMillis)
  const dependencies = (more: Partial<SweepDependencies> = {}): SweepDependencies => ({
    store,
    pause: () => Promise.resolve(),
    exporter: {
      export: async (spans) => {
        await Promise.resolve()
        sent.push(spans)
        return state.respond(spans)
      },
    },
    now: () => state.nowMillis,
    deadlineMillis: state.nowMillis + 50_000,
    random: () => 1,
    ...more,
  })
  return {
    state,
    store,
    sent,
    numbers: () => sent.map((spans) => spans.map(({ attributes }) => attributes['issue.number'])),
    record: (...events: readonly DeliveryEvent[]) => record(events, dependencies()),
    sweep: (more: Partial<SweepDependencies> = {}) => sweep(dependencies(more)),
    wait: (millis: number) => {
      state.nowMillis += millis
    },
    states: () => [...store.contexts.values()].flatMap(({ emissions }) => emissions.map(({ state: of }) => of)),
  }
}
const issue = (number: number): DeliveryEvent => ({
  ...closed,
  key: issueKey(SHOP, number),
  attributes: { ...closed.attributes, 'issue.number': number },
})
const MINUTE = 60_000

describe('the sweep', () => {
  it('exports what a handler could not, in one request, once it has had its time', async () => {
    const { state, record: tell, sweep: run, wait, numbers, states } = world(() => RETRYABLE)
    for (const number of [1, 2, 3]) await tell(issue(number))
    expect(await run()).toMatchObject({ exported: 0, outbox: { count: 3 } })
    wait(MINUTE)
    state.respond = () => ACCEPTED
    expect(await run()).toEqual({
      exported: 3,
      undeliverable: 0,
      abandoned: 0,
      postponed: 0,
      outbox: { count: 0, oldestMillis: undefined },
    })
    expect(numbers().at(-1)).toEqual([1, 2, 3])
    expect(states()).toEqual(['accepted', 'accepted', 'accepted'])
    expect(await run()).toMatchObject({ exported: 0 })
  })

  it('halves what is refused until the culprit stands alone, and keeps it with the reason', async () => {
    const { state, store, record: tell, sweep: run, wait, states } = world(() => RETRYABLE)
    for (let number = 1; number <= 8; number += 1) await tell(issue(number))
    wait(MINUTE)
    state.respond = (spans) =>
      spans.some(({ attributes }) => attributes['issue.number'] === 5)
        ? { kind: 'refused', message: 'the backend rejected 1 spans: too old' }
        : ACCEPTED
    expect(await run()).toEqual({
      exported: 7,
      undeliverable: 1,
      abandoned: 0,
      postponed: 0,
      refused: [{ key: issueKey(SHOP, 5), message: 'the backend rejected 1 spans: too old' }],
      outbox: { count: 0, oldestMillis: undefined },
    })
    expect(states().filter((of) => of === 'undeliverable')).toHaveLength(1)
    expect(store.contexts.get(issueKey(SHOP, 5))?.emissions).toMatchObject([
      { state: 'undeliverable', message: 'the backend rejected 1 spans: too old' },
    ])
  })

  it('leaves a backend alone that can take nothing, for longer each time, and never less than it asks for', async () => {
    const { state, record: tell, sweep: run, wait, sent } = world(() => RETRYABLE)
    await tell(issue(1))
    const tries: number[] = []
    for (let minute = 0; minute < 40; minute += 1) {
      wait(MINUTE)
      const before = sent.length
      await run()
      if (sent.length > before) tries.push(minute + 1)
    }
    expect(tries).toEqual([1, 2, 4, 8, 16, 32])
    state.respond = () => ({ ...RETRYABLE, retryAfterMillis: 3 * 3600_000 }) as ExportOutcome
    wait(3600_000)
    expect(await run()).toMatchObject({ postponed: 1, message: 'away' })
    state.respond = () => ACCEPTED
    wait(2 * 3600_000)
    expect(await run()).toMatchObject({ exported: 0 })
    wait(3600_000)
    expect(await run()).toMatchObject({ exported: 1 })
  })

  it('sends nothing twice when two run at once', async () => {
    const { state, record: tell, sweep: run, wait, numbers } = world(() => RETRYABLE)
    for (let number = 1; number <= 50; number += 1) await tell(issue(number))
    const before = numbers().length
    wait(MINUTE)
    state.respond = () => ACCEPTED
    await Promise.all([run(), run(), run()])
    const swept = numbers().slice(before).flat()
    expect([...swept].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 1),
    )
  })

  it('sends at most 512 spans a request, the oldest first, and stops in time', async () => {
    const { state, record: tell, sweep: run, wait, sent } = world(() => RETRYABLE)
    for (let number = 1; number <= 600; number += 1) {
      await tell(issue(number))
      wait(1)
    }
    wait(MINUTE)
    const before = sent.length
    state.respond = () => ACCEPTED
    expect(await run({ deadlineMillis: 0 })).toMatchObject({ exported: 0, outbox: { count: 600 } })
    expect(await run()).toMatchObject({ exported: 600, outbox: { count: 0 } })
    expect(sent.slice(before).map(({ length }) => length)).toEqual([512, 88])
    expect(sent[before]?.[0]?.attributes['issue.number']).toBe(1)
  })

  it('gives up a run that is heard of no more, and looks at one that was heard of again later', async () => {
    const { state, record: tell, sweep: run, wait, sent } = world()
    const started: DeliveryEvent = {
      ...closed,
      key: runKey('https://ci.acme.com/job/shop/1/'),
      operation: 'build',
      stage: 'started',
      observedMillis: state.nowMillis,
      opened: { atMillis: state.nowMillis, certainty: 'reported' },
      attributes: { 'build.number': 1 },
    }
    const { ended: _ended, ...running } = started
    await tell(running)
    wait(ABANDONED_AFTER_MILLIS - 1)
    expect(await run()).toMatchObject({ abandoned: 0 })
    wait(1)
    expect(await run()).toMatchObject({ abandoned: 1, exported: 0 })
    expect(sent.at(-1)?.map(({ attributes }) => attributes['error.type'])).toEqual(['abandoned'])
    wait(99 * ABANDONED_AFTER_MILLIS)
    expect(await run()).toMatchObject({ abandoned: 0, exported: 0 })
  })

  it('holds a span whose end is only an estimate for a surer report, and sends it when none comes', async () => {
    const estimated = (number: number): DeliveryEvent => ({
      ...issue(number),
      ended: { atMillis: CLOSED_MILLIS, certainty: 'estimated', result: 'success' },
    })
    const { record: tell, sweep: run, wait, sent, states } = world()
    await tell(estimated(1))
    await tell(estimated(2))
    expect([sent.length, states()]).toEqual([0, ['held', 'held']])
    await tell(issue(2))
    expect(sent.map((spans) => spans[0]?.attributes['valuestream.correction'])).toEqual([undefined])
    wait(5 * MINUTE)
    expect(await run()).toMatchObject({ exported: 1 })
    expect(states()).toEqual(['accepted', 'accepted'])
    await tell({ ...issue(1), ended: { atMillis: CLOSED_MILLIS - 5000, certainty: 'reported', result: 'success' } })
    expect(sent.at(-1)?.[0]?.attributes['valuestream.correction']).toBe(1)
  })
})
