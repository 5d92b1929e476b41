import { inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { factsOf } from '../../lib/delivery/join.ts'
import { packFacts, unpackFacts } from '../../lib/dynamodb/facts-codec.ts'
import { deliveryEvent } from '../support/arbitraries.ts'
import { CLOSED_MILLIS, closed, OPENED_MILLIS } from '../support/events.ts'

/** As items held them before they were packed. */
const AS_MAPS = {
  operation: 'issue',
  opened: { atMillis: OPENED_MILLIS, certainty: 'reported' },
  reopenedMillis: [],
  names: [],
  attributes: {
    service: ['github', 0, 0],
    'issue.number': [12, 0, 0],
    'issue.labels': [[], 0, 0],
    'issue.state_reason': ['completed', 0, 0],
  },
  endings: [{ atMillis: CLOSED_MILLIS, certainty: 'reported', result: 'success', stamp: 0, differs: {}, lacks: [] }],
  references: {},
  stamps: [[CLOSED_MILLIS, 3]],
  happenings: [],
}

describe('packed facts', () => {
  it('are the same when they are unpacked', () => {
    fc.assert(
      fc.property(deliveryEvent, (event) => {
        const facts = factsOf(event)
        expect(unpackFacts(packFacts(facts))).toEqual(facts)
      }),
    )
  })

  it('are DEFLATE of JSON, for whoever has to look into an item', () => {
    const json = inflateRawSync(Buffer.from(packFacts(factsOf(closed)), 'base64')).toString()
    expect(JSON.parse(json)).toEqual(AS_MAPS)
  })

  it('are read as well where an item still has them as maps', () => {
    expect(unpackFacts(AS_MAPS)).toEqual(factsOf(closed))
  })

  it.each([
    ['text of another kind', 'issue'],
    ['maps of another shape', { ...AS_MAPS, stamps: 'none' }],
    ['nothing', undefined],
  ])('are not made of %s', (_what, stored) => {
    expect(() => unpackFacts(stored)).toThrow()
  })
})
