import { type Random, randomOf } from '../../../demo/history/random.ts'
import { compare } from '../../../explorer/analysis/compare.ts'
import type { Tested } from '../../../explorer/analysis/tests.ts'
import type { Row } from '../../../explorer/warehouse/rows.ts'
import { openWarehouse, type Warehouse } from '../../../explorer/warehouse/warehouse.ts'
import { randomHistory } from '../../support/random-history.ts'

const QUERY = { operation: 'issue', filters: [], selection: { kind: 'slow' } } as const

const issuesOf = (warehouse: Warehouse) =>
  warehouse.query(
    `SELECT span_no, trace_id IN (
       SELECT trace_id FROM attributes WHERE name = 'build.parameter.deploy_type' AND value = 'ami') AS is_ami
     FROM spans WHERE operation = 'issue' ORDER BY span_no`,
  )

/** Every issue's duration anew: of chance alone, or twice as long where the trace has been deployed as `ami`. */
const dealDurations = async (
  warehouse: Warehouse,
  issues: readonly Row[],
  random: Random,
  factor: number,
): Promise<void> => {
  const dealt = issues.map(({ span_no, is_ami }) => `(${span_no}, ${random.around(1e6) * (is_ami ? factor : 1)})`)
  await warehouse.write((query) =>
    query(
      `UPDATE spans SET duration_ms = dealt.duration_ms
       FROM (VALUES ${dealt.join(', ')}) dealt(span_no, duration_ms) WHERE spans.span_no = dealt.span_no`,
    ),
  )
}

/** What passes, the strongest first, in histories of 300 traces: attributes dealt anew every fifty, durations every time. */
const passingIn = async (histories: number, factor: number): Promise<readonly (readonly Tested[])[]> => {
  const seen: (readonly Tested[])[] = []
  for (let block = 0; block < histories / 50; block += 1) {
    const warehouse = await openWarehouse({ path: ':memory:' })
    const random = randomOf(1000 * factor + block)
    await warehouse.put(randomHistory(300, random))
    await warehouse.index()
    const issues = await issuesOf(warehouse)
    for (let at = 0; at < 50; at += 1) {
      await dealDurations(warehouse, issues, random, factor)
      const { rows } = await warehouse.snapshot((query) => compare(query, QUERY))
      seen.push(rows.filter(({ isPassing }) => isPassing))
    }
    await warehouse.close()
  }
  return seen
}

// Some twenty seconds where the machine does nothing else.
jest.setTimeout(300_000)

describe('chance', () => {
  it('makes a correlation pass in at most one in twenty of 200 histories without any cause', async () => {
    const passing = await passingIn(200, 1)
    expect(passing.filter((rows) => rows.length > 0).length).toBeLessThanOrEqual(10)
  })

  it('does not hide a cause that doubles the duration in 20 % of 300 traces: in 95 of 100 it comes first', async () => {
    const first = (await passingIn(100, 2)).map((rows) => rows[0]?.marks[0])
    const found = first.filter((mark) => mark?.name === 'build.parameter.deploy_type' && mark.value === 'ami')
    expect(found.length).toBeGreaterThanOrEqual(95)
  })
})
