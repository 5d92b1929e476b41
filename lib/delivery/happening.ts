import type { Attributes } from './attributes.ts'
import { canonicalJson } from './identity.ts'

/** What happens in the course of an activity and becomes an event of its span. */
export const HAPPENINGS = {
  review_requested: 'A reviewer was asked for a review.',
  review: 'A review was submitted, with `review.state` and who has written it.',
  pushed: 'Commits were pushed to the head.',
  converted_to_draft: 'The pull request was made a draft.',
  ready_for_review: 'The draft was made ready for review.',
  deployment_status: 'The deployment came into a state, `deployment.state`.',
} as const
export type HappeningName = keyof typeof HAPPENINGS

export interface Happening {
  readonly name: HappeningName
  readonly atMillis: number
  readonly attributes: Attributes
}

/** Each happening once, in the order of their times. */
export const joinHappenings = (a: readonly Happening[], b: readonly Happening[]): readonly Happening[] => {
  const byText = new Map([...a, ...b].map((happening) => [canonicalJson(happening), happening]))
  return [...byText]
    .sort(([x, a], [y, b]) => a.atMillis - b.atMillis || (x < y ? -1 : 1))
    .map(([, happening]) => happening)
}
