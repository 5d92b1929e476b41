import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What is asked for while another task is under way, or soon after one was begun, is done together with all else that is
 * waiting, in the order in which it was asked for: one transaction costs about as much as another, whatever is in it. Where together fails, each is done
 * by itself, so that nobody fails for what somebody else has asked.
 *
 * @param apartMillis how far apart two tasks begin at least; one that comes alone waits for nothing
 */
export const together = <T>(
  inTurn: <R>(task: () => Promise<R>) => Promise<R>,
  work: (items: readonly T[]) => Promise<void>,
  apartMillis: number,
): ((items: readonly T[]) => Promise<void>) => {
  let begunMillis = Number.NEGATIVE_INFINITY
  let waiting: { readonly group: (readonly T[])[]; readonly done: Promise<Outcome> } | undefined
  const gather = () => {
    const group: (readonly T[])[] = []
    const done = inTurn(async () => {
      const waitMillis = begunMillis + apartMillis - performance.now()
      if (waitMillis > 0) await sleep(waitMillis)
      begunMillis = performance.now()
      waiting = undefined
      return outcomeOf(group, work)
    })
    return { group, done }
  }
  return async (items) => {
    waiting ??= gather()
    const { group, done } = waiting
    const at = group.push(items) - 1
    settle(await done, at)
  }
}

/** What became of each: undefined where it went well. */
type Outcome = readonly unknown[]

const outcomeOf = async <T>(
  group: readonly (readonly T[])[],
  work: (items: readonly T[]) => Promise<void>,
): Promise<Outcome> => {
  try {
    await work(group.flat())
    return []
  } catch (error) {
    if (group.length === 1) return [error]
  }
  const failures: unknown[] = []
  for (const items of group)
    failures.push(
      await work(items).then(
        () => undefined,
        (error: unknown) => error,
      ),
    )
  return failures
}

const settle = (outcome: Outcome, at: number): void => {
  if (outcome[at] !== undefined) throw outcome[at]
}
