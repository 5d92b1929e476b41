import { setTimeout as sleep } from 'node:timers/promises'

/** Tries in all, and how long the first pause may be; each is up to twice as long as the one before. */
export interface Patience {
  readonly attempts: number
  readonly firstPauseMillis: number
  readonly longestPauseMillis: number
  /** From 0 to 1; the pauses vary so that rivals come apart. */
  readonly random: () => number
}

/** Milliseconds until whoever waits for a call has no more time; zero or less when that is over. */
export type LeftMillis = () => number

/**
 * What a call gives; again after a pause where it has thrown what is worth another try.
 *
 * @throws what the last try has thrown
 */
export const retried = async <T>(
  call: () => Promise<T>,
  isWorthIt: (error: unknown) => boolean,
  { attempts, firstPauseMillis, longestPauseMillis, random }: Patience,
  leftMillis: LeftMillis | undefined,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call()
    } catch (error) {
      if (attempt >= attempts || !isWorthIt(error)) throw error
      const pauseMillis = random() * Math.min(longestPauseMillis, firstPauseMillis * 2 ** (attempt - 1))
      if (leftMillis !== undefined && leftMillis() <= pauseMillis) throw error
      await sleep(pauseMillis)
    }
  }
}
