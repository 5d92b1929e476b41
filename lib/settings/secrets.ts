import type { Environment, SecretSetting } from './settings.ts'

/** Reads parameters by their names; what is missing is absent. */
export type FetchParameters = (names: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** Parameters are waited for until no time is left; secrets that were read before then go on serving. */
export type SecretReader = (
  settings: readonly SecretSetting[],
  leftMillis?: () => number,
) => Promise<ReadonlyMap<SecretSetting, string>>

/** A rotated secret is taken up within this time, without a deployment. */
const CACHE_MILLIS = 5 * 60_000

/**
 * Reads secrets from the environment, or from the parameters that `<setting>_PARAMETER` names, all in one request, kept
 * for five minutes; whoever asks while they are being read waits for the same request. When they cannot be read again, the ones
 * that were read last go on serving.
 */
export const secretReader = (env: Environment, fetchParameters: FetchParameters, now: () => number): SecretReader => {
  let cached: { values: ReadonlyMap<string, string>; readMillis: number } | undefined
  let underWay: Promise<ReadonlyMap<string, string>> | undefined
  const fetched = (names: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    underWay ??= fetchParameters(names).finally(() => {
      underWay = undefined
    })
    return underWay
  }
  return async (settings, leftMillis) => {
    const names = settings.flatMap((setting) => (env[setting] ? [] : (env[`${setting}_PARAMETER`] ?? [])))
    if (names.length > 0 && (cached === undefined || now() - cached.readMillis > CACHE_MILLIS)) {
      try {
        cached = { values: await within(fetched(names), leftMillis?.()), readMillis: now() }
      } catch (error) {
        if (cached === undefined) throw error
      }
    }
    return new Map(
      settings.flatMap((setting) => {
        const value = env[setting] || cached?.values.get(env[`${setting}_PARAMETER`] ?? '')
        return value === undefined ? [] : [[setting, value]]
      }),
    )
  }
}

/** What is waited for no longer than that, though others may go on waiting for it. */
const within = <T>(work: Promise<T>, millis: number | undefined): Promise<T> =>
  millis === undefined
    ? work
    : new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('the parameters were not read in time')), millis)
        work.then(resolve, reject).finally(() => clearTimeout(timer))
      })
