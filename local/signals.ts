/** npm hands a terminal's Ctrl-C on to its child, which gets the terminal's own as well: two at once are one. */
const SAME_SIGNAL_MILLIS = 500

/** Exit code of what Ctrl-C has ended. */
const INTERRUPTED = 130

/** Runs `stop` at the first signal and exits with what it resolves to; a second one exits at once. */
export const onStopSignal = (stop: () => Promise<number>): void => {
  let firstMillis: number | undefined
  const onSignal = () => {
    if (firstMillis === undefined) {
      firstMillis = performance.now()
      stop().then(process.exit, (error: unknown) => {
        console.error(error)
        process.exit(1)
      })
    } else if (performance.now() - firstMillis > SAME_SIGNAL_MILLIS) {
      console.error('Stopped at once. What was under way is delivered again by its sender, or by hand.')
      process.exit(INTERRUPTED)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
}
