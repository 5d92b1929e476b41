import type { PullTelling } from '../deliveries/telling.ts'
import type { EpisodeTruth } from './episodes.ts'

/** What people other than the author have said in the course of an episode. */
export const reviewAttributes = (tellings: readonly PullTelling[], { startMillis, endMillis }: EpisodeTruth) => {
  const reviews = tellings
    .flatMap(({ review, author }) =>
      review === undefined || review.by === author || isMachine(review.by) ? [] : [review],
    )
    .filter(({ atMillis }) => atMillis >= startMillis && atMillis <= endMillis)
  const [first] = reviews
  return {
    'pull_request.reviews_count': reviews.length || undefined,
    'pull_request.time_to_first_review_millis': first === undefined ? undefined : first.atMillis - startMillis,
  }
}

const isMachine = (login: string): boolean => login.endsWith('[bot]')
