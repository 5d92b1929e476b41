/** Levels by weight; `LOG_LEVEL` sets the lowest that is written. */
const LEVELS = { info: 1, warn: 2, error: 3, silent: 4 } as const
export type Level = Exclude<keyof typeof LEVELS, 'silent'>

/** Writes one line of JSON. What is handed in must hold no payload and no secret. */
export type Log = (level: Level, message: string, fields: Readonly<Record<string, unknown>>) => void

export const jsonLog = (lowest: string | undefined, write: (line: string) => void): Log => {
  const threshold = lowest !== undefined && Object.hasOwn(LEVELS, lowest) ? LEVELS[lowest as Level] : LEVELS.info
  return (level, message, fields) => {
    if (LEVELS[level] >= threshold) write(JSON.stringify({ level, message, ...fields }))
  }
}
