import type { Random } from './random.ts'
import type { DeployStory, RunResult } from './story.ts'
import { HOUR, MINUTE, SECOND } from './time.ts'
import type { DeployType } from './world.ts'

interface Habit {
  /** From the merge to the first deploy. */
  readonly waitMillis: number
  readonly durationMillis: number
  readonly failureRate: number
}

/** What the sample history is there to show: `ami` is slow, `mutable` is slowish and fails, `container` is neither. */
const HABITS: Readonly<Record<DeployType, Habit>> = {
  container: { waitMillis: 25 * MINUTE, durationMillis: 7 * MINUTE, failureRate: 0.04 },
  mutable: { waitMillis: 6 * HOUR, durationMillis: 70 * MINUTE, failureRate: 0.45 },
  ami: { waitMillis: 5 * HOUR, durationMillis: 44 * HOUR, failureRate: 0.05 },
}

const MAX_TRIES = 3

/** The deploys of one merge, each tried until it succeeds. */
export const deploysOf = (random: Random, type: DeployType, mergedMillis: number): DeployStory[] => {
  const habit = HABITS[type]
  const staged = random.chance(0.2)
    ? triesOf(random, { ...habit, durationMillis: habit.durationMillis / 4, failureRate: 0 }, 'staging', mergedMillis)
    : []
  return [...staged, ...triesOf(random, habit, 'production', staged.at(-1)?.endMillis ?? mergedMillis)]
}

const triesOf = (
  random: Random,
  habit: Habit,
  environment: DeployStory['environment'],
  afterMillis: number,
): DeployStory[] => {
  const tries: DeployStory[] = []
  do {
    const readyMillis = tries.at(-1)?.endMillis ?? afterMillis
    const waitMillis = random.around(tries.length === 0 ? habit.waitMillis : 90 * MINUTE)
    const startMillis = Math.round(readyMillis + waitMillis)
    const fails = tries.length < MAX_TRIES - 1 && random.chance(habit.failureRate)
    const result: RunResult = fails ? 'FAILURE' : 'SUCCESS'
    // What fails has mostly done the work before.
    const durationMillis = random.around(habit.durationMillis, 0.35) * (fails ? 0.8 : 1)
    const endMillis = Math.round(startMillis + durationMillis)
    tries.push({ environment, startMillis, endMillis, queueMillis: Math.round(random.between(1, 40) * SECOND), result })
  } while (tries.at(-1)?.result !== 'SUCCESS')
  return tries
}
