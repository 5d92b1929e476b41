import { isRefusal } from '../local/refusal.ts'
import { onStopSignal } from '../local/signals.ts'
import type { Stack } from '../local/stack.ts'
import { startOrExplain } from '../local/start.ts'
import { type DemoOptions, readOptions } from './options.ts'
import { runDemo } from './run.ts'

/** What a shell expects of a program that Ctrl-C has ended before it was done. */
const INTERRUPTED = 130
/** Of a wrong argument, as everywhere on the command line. */
const WRONG_USE = 2

/** `npm run demo` */
export const main = async (args: readonly string[]): Promise<void> => {
  const options = optionsOrExplain(args)
  if (!options) return
  const stack = await startOrExplain(demoEnvironment(process.env, options))
  if (stack) await demonstrate(stack, options)
}

const demonstrate = async (stack: Stack, { once, seed, json }: DemoOptions): Promise<void> => {
  const print = json ? console.error : console.log
  const progress: { state: 'replaying' | 'done' | 'stopped' } = { state: 'replaying' }
  onStopSignal(async () => {
    const exitCode = progress.state === 'replaying' ? INTERRUPTED : 0
    progress.state = 'stopped'
    await stack.stop()
    return exitCode
  })
  const problem = await runDemo(stack, {
    seed,
    once,
    isStopped: () => progress.state === 'stopped',
    print,
    screen: json ? process.stderr : process.stdout,
    conclude: (conclusion) => json && console.log(JSON.stringify(conclusion, undefined, 2)),
  })
  if (progress.state === 'stopped') return
  progress.state = 'done'
  if (problem !== undefined) console.error(problem)
  if (once || problem !== undefined) {
    await stack.stop()
    process.exitCode = problem === undefined ? 0 : 1
  } else {
    print('ValueStream goes on running. Stop it with Ctrl-C.')
  }
}

const optionsOrExplain = (args: readonly string[]): DemoOptions | undefined => {
  try {
    return readOptions(args)
  } catch (error) {
    if (!isRefusal(error)) throw error
    console.error(error.message)
    process.exitCode = WRONG_USE
    return undefined
  }
}

/** The sample history lies on github.com, and four thousand lines of log would hide the report, and be no part of JSON. */
const demoEnvironment = (env: NodeJS.ProcessEnv, { json }: DemoOptions): NodeJS.ProcessEnv => {
  env.GITHUB_HOST = 'github.com'
  env.LOG_LEVEL ??= json ? 'silent' : 'warn'
  return env
}
