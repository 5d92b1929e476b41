import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { ATTRIBUTES, type AttributeName } from '../../lib/delivery/attributes.ts'
import { factsOf, joinFacts } from '../../lib/delivery/join.ts'
import { codeOf, nameOfCode } from '../../lib/dynamodb/attribute-codes.ts'
import { packFacts, unpackFacts } from '../../lib/dynamodb/facts-codec.ts'
import { deliveryEvent } from '../support/arbitraries.ts'
import { CLOSED_MILLIS, closed, OPENED_MILLIS, opened } from '../support/events.ts'

const STORED = {
  operation: 'issue',
  opened: { atMillis: OPENED_MILLIS, certainty: 'reported' },
  reopenedMillis: [],
  names: [],
  references: {},
  happenings: [],
  endings: [{ atMillis: CLOSED_MILLIS, certainty: 'reported', result: 'success', stamp: 0, differs: {}, lacks: [] }],
}
const AS_MAPS = {
  ...STORED,
  attributes: {
    service: ['github', 0, 0],
    'issue.number': [12, 0, 0],
    'issue.labels': [[], 0, 0],
    'issue.state_reason': ['completed', 0, 0],
  },
  stamps: [[CLOSED_MILLIS, 3]],
}

describe('facts in an item', () => {
  it('are the same when they are read', () => {
    fc.assert(
      fc.property(fc.array(deliveryEvent, { minLength: 1, maxLength: 3 }), (events) => {
        const facts = events.map(factsOf).reduce(joinFacts)
        expect(unpackFacts(packFacts(facts))).toEqual(facts)
      }),
    )
  })

  it('have codes for names, and single values where the stamps are the usual ones', () => {
    expect(JSON.parse(packFacts(joinFacts(factsOf(opened), factsOf(closed))))).toEqual({
      ...STORED,
      attributes: { 0: 'github', 9: 12, 15: [[], 0, 1, ['bug']], 14: ['completed', 0, 0] },
      stamps: [
        [CLOSED_MILLIS, 3],
        [OPENED_MILLIS, 0],
      ],
      usual: [0, 1],
    })
  })

  it('are read as well where an item still has maps, with names and all stamps', () => {
    expect(unpackFacts(AS_MAPS)).toEqual(factsOf(closed))
  })

  it.each([
    ['text of another kind', 'issue'],
    ['a stamp that is not there', { ...AS_MAPS, stamps: [] }],
    ['maps of another shape', { ...AS_MAPS, stamps: 'none' }],
    ['an attribute that is nothing', { ...AS_MAPS, attributes: { 0: null } }],
    ['an attribute without a stamp', { ...AS_MAPS, attributes: { 0: ['github', 0] } }],
    ['an attribute with more than its earliest value', { ...AS_MAPS, attributes: { 0: ['github', 0, 0, 'x', 'y'] } }],
    ['an attribute with a stamp that is none', { ...AS_MAPS, attributes: { 0: ['github', 0, '0'] } }],
    ['an attribute that is a map', { ...AS_MAPS, attributes: { 0: [{}, 0, 0] } }],
    ['an attribute that was a map', { ...AS_MAPS, attributes: { 0: ['github', 0, 0, {}] } }],
    ['an attribute with a list of numbers', { ...AS_MAPS, attributes: { 15: [[1], 0, 0] } }],
    ['a list of attributes', { ...AS_MAPS, attributes: ['github'] }],
    ['nothing', undefined],
  ])('are not made of %s', (_what, stored) => {
    expect(() => unpackFacts(stored)).toThrow()
  })
})

describe('the code of an attribute', () => {
  it.each(ATTRIBUTES.map(({ name }) => [name]))('%s is its own, a number, and leads back', (name) => {
    const one = name.replace('<name>', '7.\n<x>') as AttributeName
    expect(codeOf(one)).toMatch(/^\d+(\.7\.\n<x>)?$/)
    expect(nameOfCode(codeOf(one))).toBe(one)
  })

  it('never changes, since items have it: to the end of the list more may be added, and then here', () => {
    const names = Array.from({ length: 117 }, (_, place) => nameOfCode(String(place)))
    const digest = createHash('sha256').update(names.join(' ')).digest('hex').slice(0, 12)
    expect([digest, nameOfCode('117')]).toEqual(['485896c3b4fb', '117'])
  })

  it('is the name of what has none', () => {
    expect(codeOf('not.yet.known' as AttributeName)).toBe('not.yet.known')
  })
})
