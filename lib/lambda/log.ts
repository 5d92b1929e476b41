import type { Embed, Figures } from './metrics.ts'

/** Levels by weight; `LOG_LEVEL` sets the lowest that is written. */
const LEVELS = { info: 1, warn: 2, error: 3, silent: 4 } as const
export type Level = Exclude<keyof typeof LEVELS, 'silent'>

/**
 * Writes one line of JSON, with the metrics in it. What is handed in must hold no payload and no secret. Of a line whose
 * level is not written, the metrics still are, so that no alarm depends on `LOG_LEVEL`; only `silent` is silent.
 */
export type Log = (level: Level, message: string, fields: Readonly<Record<string, unknown>>, figures?: Figures) => void

export const jsonLog = (lowest: string | undefined, write: (line: string) => void, embed: Embed = () => ({})): Log => {
  const threshold = isLevel(lowest) ? LEVELS[lowest] : LEVELS.info
  return (level, message, fields, figures = {}) => {
    const metrics = embed(figures)
    if (LEVELS[level] >= threshold) write(JSON.stringify({ level, message, ...fields, ...metrics }))
    else if (threshold !== LEVELS.silent && '_aws' in metrics) write(JSON.stringify(metrics))
  }
}

const isLevel = (name: string | undefined): name is keyof typeof LEVELS =>
  name !== undefined && Object.hasOwn(LEVELS, name)
