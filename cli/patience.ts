const TELL_MILLIS = 1000
const START_OF_LINE = '\r\u001b[K'

/** Where one waits in front of. */
export interface Waiting {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

/** Does what may take longer than a second, and then tells on a terminal what it waits for, and for how long already. */
export const patiently = async <T>(
  sentence: string,
  work: () => Promise<T>,
  stream: Waiting = process.stderr,
): Promise<T> => {
  if (stream.isTTY !== true) return work()
  let seconds = 0
  const telling = setInterval(() => {
    seconds += TELL_MILLIS / 1000
    stream.write(`${START_OF_LINE}${sentence} … ${seconds} s`)
  }, TELL_MILLIS)
  try {
    return await work()
  } finally {
    clearInterval(telling)
    if (seconds > 0) stream.write(START_OF_LINE)
  }
}
