import type { ExpectedSpan } from '../replay/replay.ts'
import type { DemoSpan } from './demo-span.ts'

export interface Received {
  /** One of each expected span, as it arrived last. */
  readonly spans: readonly DemoSpan[]
  readonly missing: readonly ExpectedSpan[]
}

/** Of all that is kept, the spans of this replay that came over OTLP: there may be a user's own, too. */
export const receivedOf = (all: readonly DemoSpan[], expected: readonly ExpectedSpan[]): Received => {
  const received = all.filter(({ isReceived }) => isReceived)
  const byEpisode = new Map(received.map((span) => [`${span.activityKey} ${span.episode}`, span]))
  const distinct = new Map(expected.map((one) => [`${one.activityKey} ${one.episode}`, one]))
  const found = [...distinct].map(([episode, one]) => ({ one, span: byEpisode.get(episode) }))
  return {
    spans: found.flatMap(({ span }) => span ?? []),
    missing: found.flatMap(({ one, span }) => (span ? [] : [one])),
  }
}
