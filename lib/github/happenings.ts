import { known } from '../delivery/attributes.ts'
import type { Happening, HappeningName } from '../delivery/happening.ts'
import { millisOf } from './common.ts'
import type { PullRequestPayload, ReviewPayload } from './payload.ts'

/** The actions of `pull_request` that happen in its course. */
const HAPPENING_OF_ACTION: ReadonlyMap<string, HappeningName> = new Map([
  ['review_requested', 'review_requested'],
  ['converted_to_draft', 'converted_to_draft'],
  ['ready_for_review', 'ready_for_review'],
  ['synchronize', 'pushed'],
])

/** @param atMillis when the pull request was updated, since the actions bear no times of their own */
export const happeningsOf = (
  { action, requested_reviewer, requested_team }: PullRequestPayload,
  atMillis: number,
): readonly Happening[] => {
  const name = HAPPENING_OF_ACTION.get(action)
  if (name === undefined) return []
  const reviewer = requested_reviewer?.login ?? requested_team?.name
  return [{ name, atMillis, attributes: known({ 'review.user.name': reviewer }) }]
}

/**
 * A review that was submitted; one that is still being written (`pending`), edited or dismissed is none.
 *
 * @throws MalformedField when its time is none
 */
export const reviewHappenings = ({ action, review }: ReviewPayload): readonly Happening[] => {
  const state = review.state?.toLowerCase()
  if (action !== 'submitted' || state === 'pending' || review.submitted_at == null) return []
  return [
    {
      name: 'review',
      atMillis: millisOf('review.submitted_at', review.submitted_at),
      attributes: known({ 'review.state': state, 'review.user.name': review.user?.login }),
    },
  ]
}
