import fc from 'fast-check'
import { pullRequestKey } from '../../lib/delivery/activity.ts'
import { cutText, LIMITS } from '../../lib/delivery/bounds.ts'
import { decide } from '../../lib/delivery/decide.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { NOTHING_KNOWN } from '../../lib/delivery/explain.ts'
import { factsOf, joinFacts } from '../../lib/delivery/join.ts'
import { branchName, headName, joinActivity, landedName } from '../../lib/delivery/reference.ts'
import { spansOf } from '../../lib/delivery/span.ts'
import { CLOSED_MILLIS, closed, opened, SHOP } from '../support/events.ts'

const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => one(i))
const padded = (index: number): string => String(index).padStart(4, '0')

describe('a text that is too long', () => {
  it.each([
    ['is kept where it fits', 'Grüße', 7, 'Grüße'],
    ['ends in an ellipsis', 'abcdefghij', 8, 'abcde…'],
    ['is never cut within a character', 'aäöü', 6, 'aä…'],
    ['nor within an emoji', 'a👍👍👍', 12, 'a👍👍…'],
  ])('%s', (_what, text, bytes, kept) => {
    expect(cutText(text, bytes)).toBe(kept)
    expect(Buffer.byteLength(cutText(text, bytes))).toBeLessThanOrEqual(bytes)
  })
})

describe('what is kept of an activity', () => {
  it('is whole as long as it is of a usual size, and nothing is marked', () => {
    const { cut } = factsOf(closed)
    expect(cut).toEqual([])
    expect(spansOf(decide(undefined, NOTHING_KNOWN, closed).context)[0]?.attributes).not.toHaveProperty(
      'valuestream.cut',
    )
  })

  it('is the beginning of what is too long, the first of what is too many, and a mark of each', () => {
    const parameters = Object.fromEntries(many(130, (index) => [`build.parameter.p${padded(index)}`, 'x']))
    const { attributes, names, references, happenings, cut } = factsOf({
      ...closed,
      attributes: {
        'issue.title': 't'.repeat(5000),
        'issue.labels': many(150, padded),
        [`build.parameter.${'n'.repeat(200)}`]: 'x',
        ...parameters,
      },
      names: [landedName('a'), branchName(SHOP, 'x'.repeat(1000)), ...many(300, (index) => headName(padded(index)))],
      references: { closing_keyword: many(90, (index) => joinActivity(pullRequestKey(SHOP, index))) },
      happenings: many(250, (index) => ({ name: 'pushed', atMillis: index, attributes: {} })),
    })
    expect(attributes['issue.title']?.latest.value).toBe(`${'t'.repeat(1021)}…`)
    expect(attributes['issue.labels']?.latest.value).toEqual(many(100, padded))
    expect(Object.keys(attributes)).toEqual([
      'issue.title',
      'issue.labels',
      ...many(100, (index) => `build.parameter.p${padded(index)}`),
    ])
    expect(names).toEqual([landedName('a'), ...many(199, (index) => headName(padded(index)))])
    expect(references.closing_keyword?.value).toEqual(many(64, (index) => joinActivity(pullRequestKey(SHOP, index))))
    expect(happenings.at(-1)?.atMillis).toBe(199)
    expect(cut).toEqual(['happenings', 'issue.labels', 'issue.title', 'names', 'parameters', 'references'])
  })

  it('says on the span what was cut', () => {
    const event = { ...closed, attributes: { 'issue.title': 't'.repeat(5000) } }
    const [span] = spansOf(decide(undefined, NOTHING_KNOWN, event).context)
    expect(span?.attributes['valuestream.cut']).toEqual(['issue.title'])
  })

  it('has the first fifty episodes of one that is opened for ever', () => {
    const reopenings = many(80, (index): DeliveryEvent => {
      const millis = CLOSED_MILLIS + index * 1000
      return { ...opened, stage: 'reopened', observedMillis: millis, reopenedMillis: millis }
    })
    const { reopenedMillis, cut } = reopenings.map(factsOf).reduce(joinFacts)
    expect(reopenedMillis).toEqual(many(50, (index) => CLOSED_MILLIS + index * 1000))
    expect(cut).toEqual(['episodes'])
  })
})

/** More than is kept, of every kind, in each event. */
const abundant: fc.Arbitrary<DeliveryEvent> = fc
  .record({
    from: fc.integer({ min: 0, max: 400 }),
    observedMillis: fc.integer({ min: 1, max: 9 }),
    reopenedMillis: fc.integer({ min: 1, max: 200 }),
    endedMillis: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ from, observedMillis, reopenedMillis, endedMillis }) => ({
    ...closed,
    observedMillis,
    reopenedMillis,
    ended: { atMillis: endedMillis, certainty: 'reported', result: 'success' },
    attributes: Object.fromEntries(
      many(120, (index) => [`build.parameter.p${padded(from + index)}`, `${observedMillis}`]),
    ),
    names: many(150, (index) => headName(padded(from + index))),
    references: { head_sha: many(50, (index) => joinActivity(pullRequestKey(SHOP, from + index))) },
    happenings: many(150, (index) => ({ name: 'pushed', atMillis: from + index, attributes: {} })),
  }))

it('joins the same in any order, and any number of times, where there is more than is kept', () => {
  fc.assert(
    fc.property(fc.array(abundant, { minLength: 3, maxLength: 6 }), fc.integer(), (events, seed) => {
      const facts = events.map(factsOf)
      const inOrder = facts.reduce(joinFacts)
      const shuffled = [...facts, ...facts].sort(
        (a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)) * Math.sign(seed || 1),
      )
      expect(shuffled.reduce(joinFacts)).toEqual(inOrder)
      const middle = Math.ceil(facts.length / 2)
      expect(joinFacts(facts.slice(0, middle).reduce(joinFacts), facts.slice(middle).reduce(joinFacts))).toEqual(
        inOrder,
      )
    }),
    { numRuns: 30 },
  )
})

it('bounds every part of the key of a mainline', () => {
  expect(LIMITS.keyBytes + '000000000000000#'.length).toBeLessThanOrEqual(1024)
})
