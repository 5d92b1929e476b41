/** Counts what is under way, so that a stop can wait for it. */
export interface UnderWay {
  /** Runs the task, or answers `undefined` when the stop has begun. */
  readonly admit: <T>(task: () => Promise<T>) => Promise<T | undefined>
  /** Admits nothing more; resolves when the last task has ended. */
  readonly drain: () => Promise<void>
}

export const underWay = (): UnderWay => {
  let count = 0
  let draining: PromiseWithResolvers | undefined

  const settle = () => {
    if (draining && count === 0) draining.resolve()
  }
  return {
    admit: async (task) => {
      if (draining) return undefined
      count += 1
      try {
        return await task()
      } finally {
        count -= 1
        settle()
      }
    },
    drain: () => {
      draining ??= withResolvers()
      settle()
      return draining.promise
    },
  }
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>
  readonly resolve: () => void
}

/** `Promise.withResolvers`, which Node 20 does not have. */
const withResolvers = (): PromiseWithResolvers => {
  let resolve = () => {}
  const promise = new Promise<void>((settled) => {
    resolve = settled
  })
  return { promise, resolve }
}
