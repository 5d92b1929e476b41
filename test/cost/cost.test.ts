import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { readFigures } from '../../cost/figures.ts'
import { billedMillis, type EventCost, monthly } from '../../cost/model.ts'
import { costTables, withParts } from '../../cost/page.ts'
import { spread } from '../../cost/partitions.ts'

const finish: EventCost = {
  kind: 'issue finish',
  roundTrips: 3,
  readUnits: 2,
  writeUnits: 10,
  bytes: 8_000,
  calls: { BatchGetItem: 1, PutItem: 2, OTLP: 1 },
}

describe('what a stage costs', () => {
  it('bills the CPU at the share of a processor that the memory gives, and the waiting as it is', () => {
    expect(billedMillis(finish, 4, 1_769)).toBe(4 + 3 * 5 + 80)
    expect(billedMillis(finish, 4, 1_769 / 4)).toBe(16 + 3 * 5 + 80)
    expect(billedMillis({ ...finish, calls: {} }, 4, 10_240)).toBe(4 + 3 * 5)
  })

  it('is the sum of its lines at list prices', () => {
    const lines = Object.fromEntries(monthly([finish], 1e6, 4, 1_769 / 4).map(({ name, dollars }) => [name, dollars]))
    const rounded = Object.fromEntries(
      Object.entries(lines).map(([name, dollars]) => [name, Number(dollars.toFixed(2))]),
    )
    expect(rounded).toEqual({
      'API Gateway': 1,
      'Lambda, requests': 0.2,
      // 111 ms at 442 MB.
      'Lambda, duration': 0.64,
      'DynamoDB, writes': 6.25,
      'DynamoDB, reads': 0.25,
      'DynamoDB, storage after 13 months': 5.26,
      Logs: 0.8,
      'Spans to the backend': 0.36,
      SSM: 0,
      'Sweep every minute': 0.17,
      'Metrics and alarms': 7.2,
    })
  })

  it('stands in docs/cost.md as it comes from docs/figures.json', () => {
    const page = readFileSync('docs/cost.md', 'utf8')
    expect(withParts(page, costTables(readFigures('docs/figures.json')))).toBe(page)
  })

  it('has no page without a place for it', () => {
    expect(() => withParts('<!-- a -->\n', { a: 'x' })).toThrow('the page has no place for a')
  })
})

describe("an index's partitions", () => {
  const random = (): (() => number) => {
    let state = 1
    return () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
  }

  it('are throttled where they are asked for more than one takes, and there alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_500 }), (webhooksASecond) => {
        const tried = spread({ webhooksASecond, shards: [1, 16, 64], unitsAWebhook: 2 }, 2, random())
        for (const { hottest, throttledShare } of tried) expect(throttledShare > 0).toBe(hottest > 1_000)
      }),
      { numRuns: 20 },
    )
  })

  it('throttle what one of them is asked for too much', () => {
    const [one, many] = spread({ webhooksASecond: 4_000, shards: [1, 64], unitsAWebhook: 1 }, 5, random())
    expect(one?.hottest).toBeGreaterThan(4_000)
    expect(Math.abs((one?.throttledShare ?? 0) - 0.75)).toBeLessThan(0.02)
    expect(many?.throttledShare).toBe(0)
  })
})
