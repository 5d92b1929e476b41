import fc from 'fast-check'
import type { Context, Emission } from '../../lib/delivery/context.ts'
import { decide } from '../../lib/delivery/decide.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { awaitActivity, joinActivity } from '../../lib/delivery/reference.ts'
import { pendingEmissions, release, settle } from '../../lib/delivery/settle.ts'
import { emittedSpan, spansOf } from '../../lib/delivery/span.ts'
import { deliveryEvent, KNOWN } from '../support/arbitraries.ts'
import { opened } from '../support/events.ts'

interface History {
  readonly context: Context
  readonly emitted: readonly Emission[]
}

const play = (events: readonly DeliveryEvent[]): History => {
  let context: Context | undefined
  const emitted: Emission[] = []
  for (const event of events) {
    const decision = decide(context, KNOWN, event)
    emitted.push(...decision.due)
    context = settle(decision.context, decision.due, { state: 'accepted' })
  }
  if (context === undefined) throw new Error('no events')
  // What is held for a surer report goes out when none comes.
  const released = release(context)
  emitted.push(...pendingEmissions(released))
  return { context: settle(released, pendingEmissions(released), { state: 'accepted' }), emitted }
}

/** All of a context that must not depend on the order; how often it was corrected on the way does. */
const settled = ({ context }: History) => ({
  ...context,
  emissions: context.emissions.map(({ episode, fingerprint, traceId, state }) => ({
    episode,
    fingerprint,
    traceId,
    state,
  })),
})

/** The activity's events, and the same shuffled with some of them repeated. */
const histories = fc.array(deliveryEvent, { minLength: 1, maxLength: 7 }).chain((events) =>
  fc
    .array(fc.constantFrom(...events), { maxLength: 4 })
    .chain((repeated) => fc.shuffledSubarray([...events, ...repeated], { minLength: events.length + repeated.length }))
    .map((shuffled) => ({ events, shuffled })),
)

/** An episode that is finished in the end and was emitted: every one has its span, as it should be. */
const finalSpans = ({ context }: History) =>
  spansOf(context).map((span, _, spans) => {
    const emission = context.emissions.find(({ episode }) => episode === span.attributes['valuestream.episode'])
    return emission === undefined ? undefined : { ...emittedSpan(spans, { ...emission, revision: 0 }) }
  })

describe('decide', () => {
  it('ends in the same context whatever the order of the events and however often they come', () => {
    fc.assert(
      fc.property(histories, ({ events, shuffled }) => {
        const [inOrder, outOfOrder] = [play(events), play(shuffled)]
        const finished = new Set(spansOf(inOrder.context).map((span) => span.attributes['valuestream.episode']))
        const comparable = (history: History) => {
          const { version: _version, emissions, ...rest } = settled(history)
          return { ...rest, emissions: emissions.filter(({ episode }) => finished.has(episode)) }
        }
        expect(comparable(outOfOrder)).toEqual(comparable(inOrder))
        expect(finalSpans(outOfOrder)).toEqual(finalSpans(inOrder))
      }),
      { numRuns: 1000 },
    )
  })

  it('emits each finished episode exactly once, whatever else goes out being a correction with the same ids', () => {
    fc.assert(
      fc.property(histories, ({ shuffled }) => {
        const { context, emitted } = play(shuffled)
        const episodes = spansOf(context).map((span) => span.attributes['valuestream.episode'])
        for (const episode of episodes) {
          const ofEpisode = emitted.filter((emission) => emission.episode === episode)
          expect(ofEpisode.filter(({ revision }) => revision === 0)).toHaveLength(1)
          expect(ofEpisode.map(({ revision }) => revision)).toEqual(ofEpisode.map((_, index) => index))
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('makes nothing due and nothing to write of an event that it has seen', () => {
    fc.assert(
      fc.property(histories, ({ events, shuffled }) => {
        const { context } = play(shuffled)
        for (const event of events) {
          const { changed, due, claims, watch } = decide(context, KNOWN, event)
          expect({ changed, due, claims, watch }).toEqual({ changed: false, due: [], claims: [], watch: [] })
        }
      }),
    )
  })
})

describe('what several reports of a run refer to', () => {
  const run = {
    ...opened,
    key: 'run:https://ci.acme.com/job/acme-ci/job/shop/job/PR-3/1/',
    operation: 'build',
  }
  const guess = {
    ...run,
    observedMillis: 2000,
    references: { pull_request_number: [awaitActivity('pull_request:h/acme-ci/shop#3')] },
  }
  const certain = {
    ...run,
    observedMillis: 1000,
    references: { pull_request_number: [joinActivity('pull_request:h/acme/shop#3')] },
  }

  it.each([
    ['first', [guess, certain]],
    ['last', [certain, guess]],
  ])('adds up, and what is certain goes before a guess, told %s', (_, events) => {
    let context: Context | undefined
    for (const event of events) context = decide(context, KNOWN, event).context
    expect(context?.parent?.key).toBe('pull_request:h/acme/shop#3')
  })
})
