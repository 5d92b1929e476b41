import type { Attributes } from './attributes.ts'
import { known } from './attributes.ts'
import type { Happening } from './happening.ts'

/** What sends a change back to its reviewers: the next review after it begins a new round. */
const NEXT_ROUND: ReadonlySet<Happening['name']> = new Set(['pushed', 'review_requested', 'ready_for_review'])

/**
 * How the review of a pull request went, from its start on: `pull_request.time_to_first_review_millis` and so on. What
 * the author says of the own change, and what a machine says, is no review.
 *
 * @param happenings those of the episode, in the order of their times
 * @param wasDraft whether it was a draft at its end, which tells of one that was never anything else
 */
export const reviewAttributes = (
  happenings: readonly Happening[],
  { startMillis, endMillis }: { readonly startMillis: number; readonly endMillis: number },
  author: string | undefined,
  wasDraft: boolean,
): Attributes => {
  const isReview = ({ name, attributes }: Happening): boolean => {
    const reviewer = String(attributes['review.user.name'] ?? '')
    return name === 'review' && reviewer !== author && !reviewer.endsWith('[bot]')
  }
  const reviews = happenings.filter(isReview)
  const approval = reviews.find(({ attributes }) => attributes['review.state'] === 'approved')
  const since = (happening: Happening | undefined): number | undefined =>
    happening === undefined ? undefined : happening.atMillis - startMillis
  return known({
    'pull_request.reviews_count': reviews.length || undefined,
    'pull_request.review_rounds': rounds(happenings, isReview) || undefined,
    'pull_request.time_to_first_review_millis': since(reviews[0]),
    'pull_request.time_to_first_approval_millis': since(approval),
    'pull_request.draft_millis': draftMillis(happenings, startMillis, endMillis, wasDraft) || undefined,
  })
}

const rounds = (happenings: readonly Happening[], isReview: (happening: Happening) => boolean): number => {
  let count = 0
  let isUnderReview = false
  for (const happening of happenings) {
    if (isReview(happening)) {
      if (!isUnderReview) count += 1
      isUnderReview = true
    } else if (NEXT_ROUND.has(happening.name)) {
      isUnderReview = false
    }
  }
  return count
}

const draftMillis = (
  happenings: readonly Happening[],
  startMillis: number,
  endMillis: number,
  wasDraft: boolean,
): number => {
  const turns = happenings.filter(({ name }) => name === 'converted_to_draft' || name === 'ready_for_review')
  let isDraft = turns[0] === undefined ? wasDraft : turns[0].name === 'ready_for_review'
  let sinceMillis = startMillis
  let total = 0
  for (const { name, atMillis } of turns) {
    if (isDraft && name === 'ready_for_review') total += atMillis - sinceMillis
    if (!isDraft && name === 'converted_to_draft') sinceMillis = atMillis
    isDraft = name === 'converted_to_draft'
  }
  return isDraft ? total + endMillis - sinceMillis : total
}
