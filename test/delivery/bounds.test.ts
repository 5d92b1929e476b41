import fc from 'fast-check'
import { pullRequestKey } from '../../lib/delivery/activity.ts'
import type { AttributeName } from '../../lib/delivery/attributes.ts'
import { cutText, LIMITS, mostBytes } from '../../lib/delivery/bounds.ts'
import type { Context } from '../../lib/delivery/context.ts'
import { decide } from '../../lib/delivery/decide.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { NOTHING_KNOWN } from '../../lib/delivery/explain.ts'
import { factsOf, joinFacts } from '../../lib/delivery/join.ts'
import { branchName, headName, joinActivity, LINK_REASONS, landedName } from '../../lib/delivery/reference.ts'
import { spansOf } from '../../lib/delivery/span.ts'
import { encodeContext } from '../../lib/dynamodb/codec.ts'
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

it('takes nothing for smaller than its JSON is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(mostBytes([value])).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify([value])))
    }),
  )
  expect(mostBytes(['\u0001', '\ud800', -Number.MAX_VALUE])).toBeGreaterThanOrEqual(
    JSON.stringify(['\u0001', '\ud800', -Number.MAX_VALUE]).length,
  )
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

const TEXTS = [
  'issue.title',
  'issue.url',
  'build.url',
  'build.job.full_name',
  'scm.head.ref',
  'build.cause',
  'user.url',
]

/** A report that is as large as its recipe says; drawn by the recipe, so that a counterexample can be read. */
const hugeEvent = (character: string, from: number, minute: number): DeliveryEvent => {
  const text = character.repeat(30_000)
  const atMillis = CLOSED_MILLIS + minute * 60_000
  const references = many(64, (index) => joinActivity(`${text.slice(0, 150)}${from + index}`))
  return {
    ...closed,
    observedMillis: atMillis,
    reopenedMillis: atMillis - 1000,
    ended: { atMillis, certainty: 'reported', result: 'failure' },
    attributes: Object.fromEntries([
      ...TEXTS.map((name) => [name, `${minute}${text}`]),
      ['issue.labels', many(200, (index) => `${index}${text}`)],
      ...many(120, (index) => [`build.parameter.${from + index}`, `${minute}${text}`]),
    ]) as Record<AttributeName, string>,
    references: Object.fromEntries(LINK_REASONS.map((reason) => [reason, references])),
    names: many(300, (index) => `branch:${text.slice(0, 200)}${from + index}`),
    happenings: many(200, (index) => ({
      name: 'review',
      atMillis: atMillis + index,
      attributes: { 'review.user.name': text },
    })),
  }
}

/** What DynamoDB counts at the most: texts, names of attributes, 21 bytes a number, and 4 for each member. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return 4 + Buffer.byteLength(value)
  if (typeof value !== 'object' || value === null) return 25
  return Object.entries(value).reduce((sum, [name, member]) => {
    return sum + (Array.isArray(value) ? 0 : Buffer.byteLength(name)) + sizeOf(member)
  }, 4)
}

it('makes an item below 400 KB of whatever is reported, however often', () => {
  const recipe = fc.tuple(
    fc.constantFrom('x', 'ü', '👍', '"'),
    fc.integer({ min: 0, max: 500 }),
    fc.integer({ min: 1, max: 60 }),
  )
  fc.assert(
    fc.property(fc.array(recipe, { minLength: 1, maxLength: 6 }), (recipes) => {
      let context: Context | undefined
      for (const one of recipes) context = decide(context, NOTHING_KNOWN, hugeEvent(...one)).context
      if (context === undefined) throw new Error('no events')
      const item = encodeContext(context, 1, { nowMillis: CLOSED_MILLIS, ttlSeconds: 60 })
      expect(sizeOf(item)).toBeLessThan(400_000)
      expect(context.facts.endings.length).toBeGreaterThan(0)
    }),
    { numRuns: 10 },
  )
}, 60_000)

it('bounds every part of the key of a mainline', () => {
  expect(LIMITS.keyBytes + '000000000000000#'.length).toBeLessThanOrEqual(1024)
})
