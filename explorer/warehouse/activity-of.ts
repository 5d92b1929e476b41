import type { SpanRecord } from './span-record.ts'

export interface ActivityEpisode {
  readonly key: string
  readonly episode: number
}

const MAX_EPISODE = 1_000_000

/**
 * Which opening of which activity a span is. A span of ValueStream may move to another trace when something is
 * corrected; its activity and episode stay. Undefined for another tool's span.
 */
export const activityOf = ({ attributes }: Pick<SpanRecord, 'attributes'>): ActivityEpisode | undefined => {
  const [key, episode] = [attributes['valuestream.activity.key'], attributes['valuestream.episode']]
  const isEpisode = typeof episode === 'number' && Number.isInteger(episode) && episode > 0 && episode <= MAX_EPISODE
  return typeof key === 'string' && isEpisode ? { key, episode } : undefined
}
