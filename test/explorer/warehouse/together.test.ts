import { oneAtATime } from '../../../explorer/warehouse/queue.ts'
import { together } from '../../../explorer/warehouse/together.ts'

describe('what is asked for while another task is under way', () => {
  it('is done together, in the order in which it was asked for', async () => {
    const done: (readonly number[])[] = []
    const put = together<number>(
      oneAtATime(),
      async (items) => {
        done.push(items)
        await Promise.resolve()
      },
      0,
    )
    const first = put([1])
    await Promise.resolve()
    await Promise.all([first, put([2]), put([3, 4])])
    await put([5])
    expect(done).toEqual([[1], [2, 3, 4], [5]])
  })

  it('fails only for whoever has asked for what cannot be done', async () => {
    const kept: number[] = []
    const put = together<number>(
      oneAtATime(),
      async (items) => {
        await Promise.resolve()
        if (items.includes(13)) throw new Error('no thirteen')
        kept.push(...items)
      },
      0,
    )
    const outcomes = await Promise.allSettled([put([1]), put([2]), put([13]), put([3])])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(kept).toEqual([1, 2, 3])
  })

  it('is done together too when it comes soon after another was begun', async () => {
    const done: (readonly number[])[] = []
    const put = together<number>(
      oneAtATime(),
      async (items) => {
        done.push(items)
        await Promise.resolve()
      },
      200,
    )
    await put([1])
    const second = put([2])
    await new Promise((resolve) => setImmediate(resolve))
    await Promise.all([second, put([3])])
    expect(done).toEqual([[1], [2, 3]])
  })
})
