import { countsOf } from '../../demo/report/conclusion.ts'
import { whenComplete } from '../../demo/report/late.ts'
import type { Received } from '../../demo/report/received.ts'

const MISSING = { operation: 'deploy', activityKey: 'run:https://ci.acme.example/job/shop/1/', episode: 1 } as const
const received = (missing: number): Received => ({ spans: [], missing: Array.from({ length: missing }, () => MISSING) })

/** Reads so many of them late, one after the other. */
const reading = async (late: readonly number[], isStopped = () => false) => {
  const [left, printed, pauses]: [number[], string[], number[]] = [[...late], [], []]
  const found = await whenComplete(async () => received(left.shift() ?? 0), {
    isStopped,
    print: (text) => void printed.push(text),
    pause: async (millis) => void pauses.push(millis),
  })
  return { missing: found.missing.length, printed, pauses }
}

describe('spans that are late', () => {
  it('are not waited for where there are none', async () => {
    expect(await reading([0])).toEqual({ missing: 0, printed: [], pauses: [] })
  })

  it('are waited for in silence as long as they may only not be read yet', async () => {
    expect(await reading([3, 3, 1, 0])).toEqual({ missing: 0, printed: [], pauses: [1000, 1000, 1000] })
  })

  it('are waited for until the sweep has sent them', async () => {
    const { missing, printed, pauses } = await reading([...Array.from({ length: 9 }, () => 3), 0])
    expect([missing, printed, pauses.length]).toEqual([
      0,
      ['3 spans wait in the outbox. The sweep, which runs every minute, sends them.\n'],
      9,
    ])
  })

  it('are given up in the end, and when somebody stops the demo', async () => {
    expect(await reading(Array.from({ length: 999 }, () => 2))).toMatchObject({ missing: 2, pauses: { length: 150 } })
    expect(await reading([2, 2], () => true)).toMatchObject({ missing: 2, pauses: [] })
  })
})

test('finished work is counted by operation', () => {
  expect(countsOf([{ operation: 'issue' }, { operation: 'build' }, { operation: 'issue' }])).toEqual({
    issue: 2,
    build: 1,
  })
})
