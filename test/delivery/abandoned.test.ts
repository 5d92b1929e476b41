import { ABANDONED_AFTER_MILLIS, abandonment } from '../../lib/delivery/abandoned.ts'
import type { Context } from '../../lib/delivery/context.ts'
import { decide } from '../../lib/delivery/decide.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { NOTHING_KNOWN } from '../../lib/delivery/explain.ts'
import { spansOf } from '../../lib/delivery/span.ts'

const START = Date.UTC(2026, 8, 1)
const started: DeliveryEvent = {
  key: 'run:https://ci.acme.com/job/shop/1/',
  operation: 'build',
  stage: 'started',
  observedMillis: START,
  opened: { atMillis: START, certainty: 'reported' },
  attributes: { 'build.number': 1 },
  references: {},
  names: [],
}
const at = (observedMillis: number, more: Partial<DeliveryEvent> = {}): DeliveryEvent => ({
  ...started,
  observedMillis,
  ...more,
})
const ended = (atMillis: number): DeliveryEvent =>
  at(atMillis, { stage: 'finished', ended: { atMillis, certainty: 'reported', result: 'success' } })
const play = (...events: readonly DeliveryEvent[]): Context => {
  let context: Context | undefined
  for (const event of events) context = decide(context, NOTHING_KNOWN, event).context
  if (context === undefined) throw new Error('no events')
  return context
}
const giveUp = (context: Context): DeliveryEvent => {
  const event = abandonment(context, START + 30 * ABANDONED_AFTER_MILLIS)
  if (event === undefined) throw new Error('not abandoned')
  return event
}
const short = (context: Context) =>
  spansOf(context).map(({ endMillis, isError, attributes }) => ({
    seconds: (endMillis - START) / 1000,
    isError,
    result: attributes['valuestream.result'],
    errorType: attributes['error.type'],
    isGuess: attributes['valuestream.end.estimated'],
  }))

describe('a run that is heard of no more', () => {
  it('is given up when it has been silent for long enough, and not before', () => {
    const context = play(started, at(START + 5000))
    const silent = START + 5000 + ABANDONED_AFTER_MILLIS
    expect(abandonment(context, silent - 1)).toBeUndefined()
    expect(short(play(started, at(START + 5000), abandonment(context, silent) ?? started))).toEqual([
      { seconds: 5, isError: true, result: 'error', errorType: 'abandoned', isGuess: true },
    ])
  })

  it('is given up once, whenever and however often somebody looks', () => {
    const context = play(started)
    expect(giveUp(context)).toEqual(abandonment(context, START + 99 * ABANDONED_AFTER_MILLIS))
    expect(abandonment(play(started, giveUp(context)), START + 99 * ABANDONED_AFTER_MILLIS)).toBeUndefined()
  })

  it('ends when its end is told after all, whichever comes first', () => {
    const given = giveUp(play(started))
    const truth = [{ seconds: 90, isError: false, result: 'success', errorType: undefined, isGuess: undefined }]
    expect(short(play(started, given, ended(START + 90_000)))).toEqual(truth)
    expect(short(play(started, ended(START + 90_000), given))).toEqual(truth)
  })

  it('is alive again when it is heard of again, and is given up anew from there', () => {
    const given = giveUp(play(started))
    const alive = play(started, given, at(START + 7000))
    expect(short(alive)).toEqual([])
    expect(short(play(started, given, at(START + 7000), giveUp(alive)))).toMatchObject([{ seconds: 7 }])
  })

  it('goes out once as a guess, and once more as a correction', () => {
    const context = play(started, giveUp(play(started)), ended(START + 90_000))
    expect(context.emissions.map(({ revision }) => revision)).toEqual([1])
  })

  it.each(['issue', 'pull_request', 'incident'])('is a run: nobody gives up an %s', (operation) => {
    expect(abandonment(play(at(START, { operation })), START + 99 * ABANDONED_AFTER_MILLIS)).toBeUndefined()
  })
})
