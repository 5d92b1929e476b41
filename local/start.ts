import { announced } from './announced.ts'
import { announcement } from './announcement.ts'
import { isRefusal } from './refusal.ts'
import { readLocalSettings } from './settings.ts'
import { onStopSignal } from './signals.ts'
import { type Stack, type StackOptions, startStack } from './stack.ts'

/** `npm start` */
export const main = async ({ json = false }: { readonly json?: boolean } = {}): Promise<void> => {
  const stack = await startOrExplain(process.env)
  if (!stack) return
  console.log(json ? JSON.stringify(announced(stack)) : announcement(stack, process.cwd()))
  onStopSignal(async () => {
    const say = json ? console.error : console.log
    say('\nStopping: the requests under way are finished first. Ctrl-C again stops at once.')
    await stack.stop()
    return 0
  })
}

/** Starts the stack of this environment; a refusal is one sentence and exit code 1. */
export const startOrExplain = async (env: NonNullable<StackOptions['env']>): Promise<Stack | undefined> => {
  try {
    return await startStack({ ...readLocalSettings(env, process.cwd()), env, onCrash: crash })
  } catch (error) {
    if (!isRefusal(error)) throw error
    console.error(error.message)
    process.exitCode = 1
    return undefined
  }
}

const crash = (cause: unknown): never => {
  console.error('The embedded database has failed. Start again; what was recorded is kept.', cause)
  process.exit(1)
}
