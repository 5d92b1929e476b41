/** A reproducible source of chance. */
export interface Random {
  /** From 0 to below 1. */
  readonly next: () => number
  readonly between: (least: number, most: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(from: readonly [T, ...T[]]) => T
  /** One of the entries, each as likely as its weight. */
  readonly weighted: <T extends string>(weights: Readonly<Record<T, number>>) => T
  /** Log-normal, as durations of work are: many near the median, few far above, none beyond five times. */
  readonly around: (median: number, sigma?: number) => number
}

/** mulberry32, by Tommy Ettinger (public domain): 32 bits of state are plenty for a sample history. */
const mulberry32 = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const randomOf = (seed: number): Random => {
  const next = mulberry32(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    chance: (probability) => next() < probability,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    weighted: (weights) => pickWeighted(weights, next()),
    around: (median, sigma = 0.5) => median * Math.min(5, Math.max(0.2, Math.exp(sigma * normal()))),
  }
}

const pickWeighted = <T extends string>(weights: Readonly<Record<T, number>>, at: number): T => {
  const entries = Object.entries(weights) as [T, number][]
  let left = at * entries.reduce((sum, [, weight]) => sum + weight, 0)
  const found = entries.find(([, weight]) => {
    left -= weight
    return left < 0
  })
  const [name] = found ?? entries[0] ?? []
  if (name === undefined) throw new RangeError('there is nothing to pick from')
  return name
}
