import type { DeliveryEvent } from '../delivery/event.ts'
import { reviewHappenings } from './happenings.ts'
import type { ReviewPayload } from './payload.ts'
import { pullRequestEvent } from './pull-request.ts'

/**
 * A review is an update of its pull request, whatever the action, and tells all that the smaller pull request in it
 * does; a submitted one has happened in its course.
 *
 * @throws MalformedField when a time is none
 */
export const reviewEvent = (payload: ReviewPayload): DeliveryEvent => {
  const { repository, pull_request, review } = payload
  const updated_at = pull_request.updated_at ?? review.submitted_at
  const happenings = reviewHappenings(payload)
  return {
    ...pullRequestEvent({ action: 'edited', repository, pull_request: { ...pull_request, updated_at } }),
    ...(happenings.length === 0 ? {} : { happenings }),
  }
}
