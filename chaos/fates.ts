import type { Random } from '../demo/history/random.ts'

/** What befalls one call of an invocation to the outside. */
export type Fate = 'well' | 'fails' | 'fails_after' | 'killed' | 'killed_after'

/** One invocation of a function. `killed` resolves when it is killed; then none of its calls ever returns. */
export interface Invocation {
  readonly killed: Promise<'killed'>
  /** Makes a call to the outside, and lets its fate befall it. */
  readonly call: <T>(work: () => Promise<T>, failure: () => Error) => Promise<T>
  /** The spans that it has sent. */
  readonly sent: string[]
  /** Notes that it cannot know what has become of the spans that it has sent. */
  readonly disturb: () => void
}

/** How likely a call is to fail, and an invocation to be killed at a call. */
export interface Odds {
  readonly fails: number
  readonly killed: number
}

/** What was done to the invocations, by fate. */
export type Toll = Record<Exclude<Fate, 'well'>, number>

export const noToll = (): Toll => ({ fails: 0, fails_after: 0, killed: 0, killed_after: 0 })

/**
 * An invocation at the mercy of chance: a call may fail before it has done anything, or after it has done all; and the
 * invocation may be killed before or after it, which is what a function sees of its process being taken away.
 *
 * @param disturbed takes the spans that it had sent when something befell it: it may not have noted that they arrived
 */
export const invocation = (random: Random, odds: Odds, toll: Toll, disturbed: Set<string>): Invocation => {
  const sent: string[] = []
  let kill: (word: 'killed') => void = () => undefined
  const killed = new Promise<'killed'>((resolve) => {
    kill = resolve
  })
  let isKilled = false
  const die = <T>(): Promise<T> => {
    isKilled = true
    kill('killed')
    return new Promise<T>(() => undefined)
  }
  const disturb = (): void => {
    for (const spanId of sent) disturbed.add(spanId)
  }
  const call = async <T>(work: () => Promise<T>, failure: () => Error): Promise<T> => {
    if (isKilled) return die<T>()
    const fate = fateOf(random, odds)
    if (fate !== 'well') {
      toll[fate] += 1
      disturb()
    }
    if (fate === 'killed') return die<T>()
    if (fate === 'fails') throw failure()
    const done = await work()
    if (fate === 'killed_after' || isKilled) return die<T>()
    if (fate === 'fails_after') throw failure()
    return done
  }
  return { killed, call, sent, disturb }
}

const fateOf = (random: Random, { fails, killed }: Odds): Fate => {
  const at = random.next()
  if (at < fails / 2) return 'fails'
  if (at < fails) return 'fails_after'
  if (at < fails + killed / 2) return 'killed'
  return at < fails + killed ? 'killed_after' : 'well'
}
