import fc from 'fast-check'
import { pick } from '../../lib/redeliver/pick.ts'
import type { Delivery } from '../../lib/redeliver/ports.ts'

const attempt = (guid: string, id: number, status: number, deliveredMillis: number): Delivery => ({
  id: String(id),
  guid,
  deliveredMillis,
  isRedelivery: false,
  status,
})
const again = (guid: string, id: number, status: number, deliveredMillis: number): Delivery => ({
  ...attempt(guid, id, status, deliveredMillis),
  isRedelivery: true,
})
const ALL = { sinceMillis: 0, untilMillis: 1_000_000 }

describe('what is to be delivered again', () => {
  it.each([0, 301, 404, 408, 429, 500, 502, 503, 504])('is what was answered %d', (status) => {
    expect(pick([attempt('a', 1, status, 1000)], ALL)).toEqual([{ guid: 'a', deliveryId: '1', firstMillis: 1000 }])
  })

  it.each([200, 202, 204, 400, 401, 413])('is nothing that was answered %d', (status) => {
    expect(pick([attempt('a', 1, status, 1000)], ALL)).toEqual([])
  })

  it('is not what somebody else had delivered again, with success or so that it was refused for good', () => {
    expect(pick([again('a', 2, 202, 2000), attempt('a', 1, 503, 1000)], ALL)).toEqual([])
    expect(pick([again('a', 2, 401, 2000), attempt('a', 1, 503, 1000)], ALL)).toEqual([])
  })

  it('is by its newest attempt, which GitHub keeps the longest', () => {
    const attempts = [again('a', 9, 503, 1000), again('a', 8, 500, 1000), attempt('a', 10, 401, 1000)]
    for (const list of [attempts, [...attempts].reverse()]) {
      expect(pick(list, ALL)).toEqual([{ guid: 'a', deliveryId: '9', firstMillis: 1000 }])
    }
  })

  it('is what was first delivered in the stretch, the oldest first', () => {
    const deliveries = [4, 3, 2, 1].map((at) => attempt(`at ${at}`, at, 503, at))
    expect(pick(deliveries, { sinceMillis: 2, untilMillis: 4 }).map(({ guid }) => guid)).toEqual(['at 2', 'at 3'])
  })

  it('is not what was first delivered before the list begins, since its success may lie there too', () => {
    expect(pick([again('a', 2, 503, 2000)], ALL)).toEqual([])
  })
})

const status = fc.constantFrom(0, 200, 202, 400, 401, 413, 429, 500, 503)
/** Webhooks with their attempts, as GitHub lists them: the newest first, a page now and then twice. */
const deliveries = fc
  .array(fc.tuple(fc.nat(1000), fc.array(status, { minLength: 1, maxLength: 4 })), { maxLength: 12 })
  .map((webhooks) =>
    webhooks.flatMap(([startMillis, statuses], webhook) =>
      statuses.map((one, index) => ({
        ...attempt(`guid ${webhook}`, webhook * 10 + index, one, startMillis + index * 100),
        isRedelivery: index > 0,
      })),
    ),
  )
  .chain((all) => fc.tuple(fc.constant(all), fc.subarray(all)))
  .map(([all, twice]) => [...all, ...twice].sort((a, b) => b.deliveredMillis - a.deliveredMillis))

const REFUSED = [400, 401, 413]
const isSuccess = ({ status: of }: Delivery): boolean => of >= 200 && of < 300

test('nothing with a success, nothing refused last, nothing twice, and everything else', () => {
  fc.assert(
    fc.property(deliveries, fc.nat(500), fc.nat(1500), (all, sinceMillis, untilMillis) => {
      const picks = pick(all, { sinceMillis, untilMillis })
      const picked = picks.map(({ guid }) => guid)
      expect(new Set(picked).size).toBe(picked.length)
      const expected = [...new Set(all.map(({ guid }) => guid))].filter((guid) => {
        const attempts = all.filter((one) => one.guid === guid)
        const first = attempts.at(-1)?.deliveredMillis ?? 0
        const isIn = first >= sinceMillis && first < untilMillis
        return isIn && !attempts.some(isSuccess) && !REFUSED.includes(attempts[0]?.status ?? 0)
      })
      expect([...picked].sort()).toEqual(expected.sort())
    }),
  )
})

test('what is picked does not depend on the order of the list', () => {
  const shuffled = deliveries.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  )
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      const sorted = (list: readonly Delivery[]) =>
        [...pick(list, ALL)].sort((a, b) => (a.guid < b.guid ? -1 : a.guid > b.guid ? 1 : 0))
      expect(sorted(other)).toEqual(sorted(all))
    }),
  )
})
