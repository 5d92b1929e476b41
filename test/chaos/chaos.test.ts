import { chaos } from '../../chaos/chaos.ts'
import { openGround } from '../../chaos/ground.ts'
import { problemsOf } from '../../chaos/report.ts'

it('loses nothing when the table fails, the backend goes mad and functions are killed', async () => {
  const ground = await openGround(11)
  try {
    const outcome = await chaos(ground, { activities: 40, seed: 11 })
    expect(outcome.toll.fails + outcome.toll.fails_after).toBeGreaterThan(5)
    expect(outcome.toll.killed + outcome.toll.killed_after).toBeGreaterThan(2)
    expect(outcome.accepted).toBeGreaterThan(20)
    expect(problemsOf(outcome)).toEqual([])
  } finally {
    await ground.close()
  }
}, 60_000)

const kept = { seed: 1, deliveries: 1, invocations: 1, sweeps: 1, undeliverable: 0, accepted: 1, duplicates: 0 }
const toll = { fails: 0, fails_after: 0, killed: 0, killed_after: 0 }

it('tells every promise that was not kept', () => {
  expect(problemsOf({ ...kept, toll, forgotten: ['a'], missing: ['b', 'c'], left: 4, needless: 5 })).toEqual([
    '1 events were answered 202 and are not in the table.',
    '2 finished spans are neither at the backend nor undeliverable.',
    '5 spans went out twice, although nothing had befallen their export.',
    '4 contexts are still due.',
  ])
})
