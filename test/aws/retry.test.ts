import { type Patience, retried } from '../../lib/aws/retry.ts'

const patience = (random: number): Patience => ({
  attempts: 3,
  firstPauseMillis: 2,
  longestPauseMillis: 4,
  random: () => random,
})

/** Fails so often, and then gives how often it was called. */
const failing = (times: number): (() => Promise<number>) => {
  let calls = 0
  return async () => {
    calls += 1
    if (calls <= times) throw new Error(`failure ${calls}`)
    return Promise.resolve(calls)
  }
}

describe('a call that is tried again', () => {
  it('gives what the first try gives that does not fail', async () => {
    expect(await retried(failing(2), () => true, patience(1), undefined)).toBe(3)
  })

  it('fails as the last of all tries, or as the first that is not worth another', async () => {
    await expect(retried(failing(3), () => true, patience(1), undefined)).rejects.toThrow('failure 3')
    await expect(retried(failing(3), () => false, patience(1), undefined)).rejects.toThrow('failure 1')
  })

  it('fails at once where the pause would take all the time that is left', async () => {
    const left = (millis: number) =>
      retried(
        failing(1),
        () => true,
        patience(1),
        () => millis,
      )
    expect(await left(3)).toBe(2)
    await expect(left(2)).rejects.toThrow('failure 1')
    await expect(left(-1)).rejects.toThrow('failure 1')
  })
})
