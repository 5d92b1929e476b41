/** The end of someone's patience: a time that has passed, or one of some signals. */
export interface Deadline {
  readonly hasPassed: () => boolean
  /** Resolves when it has passed and what it interrupts should have ended; never, if it is ended before. */
  readonly overdue: Promise<void>
  /** Does something when it passes, and again and again until that is ended: what was not under way yet cannot be interrupted. */
  readonly onPass: (interrupt: () => void) => { readonly end: () => void }
  readonly end: () => void
}

const AGAIN_MILLIS = 100
const GRACE_MILLIS = 1000

export const deadlineOf = (millis: number, signals: readonly AbortSignal[]): Deadline => {
  const passing = new AbortController()
  const pass = () => passing.abort()
  const timer = setTimeout(pass, millis)
  let grace: NodeJS.Timeout | undefined
  for (const signal of signals) whenAborted(signal, pass)
  return {
    hasPassed: () => passing.signal.aborted,
    overdue: new Promise((resolve) =>
      whenAborted(passing.signal, () => {
        grace = setTimeout(resolve, GRACE_MILLIS)
      }),
    ),
    onPass: (interrupt) => {
      let repeating: NodeJS.Timeout | undefined
      const start = () => {
        interrupt()
        repeating = setInterval(interrupt, AGAIN_MILLIS)
      }
      whenAborted(passing.signal, start)
      return {
        end: () => {
          passing.signal.removeEventListener('abort', start)
          clearInterval(repeating)
        },
      }
    },
    end: () => {
      clearTimeout(timer)
      clearTimeout(grace)
      for (const signal of signals) signal.removeEventListener('abort', pass)
    },
  }
}

const whenAborted = (signal: AbortSignal, act: () => void): void => {
  if (signal.aborted) act()
  else signal.addEventListener('abort', act, { once: true })
}
