import type { TableReader } from './read-table.ts'

/**
 * Reads the table now and again and again, so many milliseconds after each pass.
 *
 * @returns ends it; resolves when the pass that is under way has ended
 */
export const readRegularly = ({ read }: TableReader, pauseMillis: number): (() => Promise<void>) => {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  const pass = async (): Promise<void> => {
    await read()
    if (isStopped) return
    timer = setTimeout(() => {
      running = pass()
    }, pauseMillis)
  }
  let running = pass()
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await running
  }
}
