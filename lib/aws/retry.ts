import { setTimeout as sleep } from 'node:timers/promises'

/** Tries in all, and how long the first pause may be; each is up to twice as long as the one before. */
export interface Patience {
  readonly attempts: number
  readonly firstPauseMillis: number
  readonly longestPauseMillis: number
  /** From 0 to 1; the pauses vary so that rivals come apart. */
  readonly random: () => number
}

/**
 * What a call gives; again after a pause where it has thrown what is worth another try.
 *
 * @throws what the last try has thrown, and the signal's reason
 */
export const retried = async <T>(
  call: () => Promise<T>,
  isWorthIt: (error: unknown) => boolean,
  { attempts, firstPauseMillis, longestPauseMillis, random }: Patience,
  signal: AbortSignal | undefined,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call()
    } catch (error) {
      if (attempt >= attempts || signal?.aborted || !isWorthIt(error)) throw error
    }
    const longest = Math.min(longestPauseMillis, firstPauseMillis * 2 ** (attempt - 1))
    await sleep(random() * longest, undefined, signal === undefined ? {} : { signal })
  }
}
