import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replay } from '../../../demo/replay/replay.ts'
import { DEFAULT_SEED, sequencesOf } from '../../../demo/webhooks/sequences.ts'
import { firstOf } from '../../../local/secrets.ts'
import { type Stack, startStack } from '../../../local/stack.ts'

export interface DemoStack {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** The functions, the table and the explorer in this process, on a port and in a folder of their own; nothing in them. */
export const startEmptyStack = async (): Promise<Stack> => {
  const home = mkdtempSync(join(tmpdir(), 'valuestream-browser-'))
  const stack = await startIn(home)
  const stop = async () => {
    await stack.stop()
    rmSync(home, { recursive: true })
  }
  return { ...stack, stop }
}

const startIn = (home: string): Promise<Stack> => {
  process.env.LOG_LEVEL = 'silent'
  process.env.GITHUB_HOST = 'github.com'
  return startStack({ port: 0, home, importModule: (file) => import(file) })
}

/**
 * The same with the sample history, sent to it as webhooks: what `npm run demo` shows. Takes about a minute, or
 * seconds where `VALUESTREAM_DEMO_HOME` names the folder in which the demo has just left its data, as in `.ci/run`.
 */
export const startDemoStack = async (): Promise<DemoStack> => {
  const { VALUESTREAM_DEMO_HOME: home } = process.env
  if (home) {
    const kept = await startIn(home)
    await kept.table.read()
    return { url: kept.url, stop: kept.stop }
  }
  const stack = await startEmptyStack()
  const { github, jenkins } = stack.secrets
  const receiver = { url: stack.url, githubSecret: firstOf(github), jenkinsToken: firstOf(jenkins) }
  const { failure } = await replay(
    receiver,
    sequencesOf(DEFAULT_SEED),
    () => {},
    () => false,
  )
  if (failure !== undefined) {
    await stack.stop()
    throw new Error(failure)
  }
  await stack.table.read()
  return { url: stack.url, stop: stack.stop }
}
