import type { StoredSpan } from '../../explorer/span.ts'
import type { ExpectedSpan } from '../replay/replay.ts'

export interface Received {
  /** One of each expected span, as it arrived last. */
  readonly spans: readonly StoredSpan[]
  readonly missing: readonly ExpectedSpan[]
}

/** Of all that the receiver holds, the spans of this replay: it may hold a user's own, too. */
export const receivedOf = (all: readonly StoredSpan[], expected: readonly ExpectedSpan[]): Received => {
  const byEpisode = new Map(all.map((span) => [episodeOf(span), span]))
  const distinct = new Map(expected.map((one) => [`${one.activityKey} ${one.episode}`, one]))
  const found = [...distinct].map(([episode, one]) => ({ one, span: byEpisode.get(episode) }))
  return {
    spans: found.flatMap(({ span }) => span ?? []),
    missing: found.flatMap(({ one, span }) => (span ? [] : [one])),
  }
}

const episodeOf = ({ attributes }: StoredSpan): string =>
  `${attributes['valuestream.activity.key']} ${attributes['valuestream.episode']}`
