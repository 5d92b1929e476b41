import fc from 'fast-check'
import type { AttributeName } from '../../lib/delivery/attributes.ts'
import type { Context } from '../../lib/delivery/context.ts'
import { decide } from '../../lib/delivery/decide.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { NOTHING_KNOWN } from '../../lib/delivery/explain.ts'
import { mostBytes } from '../../lib/delivery/fitting.ts'
import { joinActivity, LINK_REASONS } from '../../lib/delivery/reference.ts'
import { encodeContext } from '../../lib/dynamodb/codec.ts'
import { CLOSED_MILLIS, closed } from '../support/events.ts'

const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => one(i))

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
