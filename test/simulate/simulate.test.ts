import { problemsOf } from '../../simulate/report.ts'
import { simulate } from '../../simulate/simulate.ts'
import { openSystem, type System } from '../../simulate/system/system.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(() => system.close())

const QUIET = { onStart: () => undefined, onDelivered: () => undefined }

it.each([
  [1, 0],
  [2, 0],
  [3, 0.05],
])(
  'what goes out of a shuffled world of seed %i, %d of it lost, is its truth',
  async (seed, loss) => {
    const report = await simulate(system, { activities: 90, seed, loss, lanes: 32 }, QUIET)
    expect(report.delivered.events).toBeGreaterThan(150)
    expect(report.comparison.links.truth + report.comparison.parents.truth).toBeGreaterThan(20)
    expect([problemsOf(report), report.comparison.wrong]).toEqual([[], []])
  },
  60_000,
)
