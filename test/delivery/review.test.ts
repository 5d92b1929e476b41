import type { Happening } from '../../lib/delivery/happening.ts'
import { reviewAttributes } from '../../lib/delivery/review.ts'

const review = (atMillis: number, state: string, user = 'grace'): Happening => ({
  name: 'review',
  atMillis,
  attributes: { 'review.state': state, 'review.user.name': user },
})
const happened = (name: Happening['name'], atMillis: number): Happening => ({ name, atMillis, attributes: {} })
const of = (happenings: readonly Happening[], wasDraft = false) =>
  reviewAttributes(happenings, { startMillis: 1000, endMillis: 9000 }, 'ada', wasDraft)

describe('the review of a pull request', () => {
  it('tells when the first review and the first approval came, and how many rounds it took', () => {
    const course = [
      happened('review_requested', 1100),
      review(2000, 'commented', 'ada'),
      review(2500, 'commented', 'linter[bot]'),
      review(3000, 'changes_requested'),
      review(3100, 'commented', 'edsger'),
      happened('pushed', 4000),
      review(5000, 'approved'),
      review(5500, 'approved', 'edsger'),
    ]
    expect(of(course)).toEqual({
      'pull_request.reviews_count': 4,
      'pull_request.review_rounds': 2,
      'pull_request.time_to_first_review_millis': 2000,
      'pull_request.time_to_first_approval_millis': 4000,
    })
  })

  it('says nothing where there was none', () => {
    expect(of([happened('pushed', 2000)])).toEqual({})
  })

  it.each([
    ['opened as a draft', [happened('ready_for_review', 3000)], false, 2000],
    [
      'made a draft on the way',
      [happened('converted_to_draft', 2000), happened('ready_for_review', 5000)],
      false,
      3000,
    ],
    ['made a draft and closed as one', [happened('converted_to_draft', 7000)], true, 2000],
    ['never anything but a draft', [], true, 8000],
    [
      'a draft twice',
      [happened('ready_for_review', 2000), happened('converted_to_draft', 4000), happened('ready_for_review', 4500)],
      false,
      1500,
    ],
  ])('tells how long it was a draft: %s', (_, course, wasDraft, millis) => {
    expect(of(course, wasDraft)).toEqual({ 'pull_request.draft_millis': millis })
  })
})
