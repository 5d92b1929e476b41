import { namesOf } from '../../../explorer/page/ask/names-of.ts'

it('names midnights by their day, and moments by the minute', () => {
  expect(namesOf(['2026-06-29T00:00:00.000Z', null])).toEqual(['2026-06-29', '(null)'])
  expect(namesOf(['2026-06-29T00:00:00.000Z', '2026-06-29T12:30:00.000Z'])).toEqual([
    '2026-06-29 00:00',
    '2026-06-29 12:30',
  ])
})

it('leaves everything else as it is', () => {
  expect(namesOf(['ami', 3, false])).toEqual(['ami', '3', 'false'])
})
