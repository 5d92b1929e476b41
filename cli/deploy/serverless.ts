import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { refusal } from '../../local/refusal.ts'
import { interruption } from '../interruption.ts'

/** Runs the Serverless Framework with these arguments to its end, and tells its exit code. */
export type RunServerless = (args: readonly string[]) => Promise<number>

/**
 * The Serverless Framework that this package brings, on its own serverless.yml; what it prints goes to this terminal, with
 * `quiet` all of it to standard error.
 *
 * @throws Refusal when it has no place to write its template to; Interruption when it was interrupted
 */
export const runServerless =
  (folder: string, { quiet }: { readonly quiet: boolean }): RunServerless =>
  async (args) => {
    checkWritable(folder)
    const bin = createRequire(join(folder, 'package.json')).resolve('serverless/bin/serverless.js')
    // The terminal's Ctrl-C reaches both, and the framework is to end first.
    const wait = () => {}
    process.on('SIGINT', wait)
    try {
      const child = spawn(process.execPath, [bin, ...args], {
        cwd: folder,
        stdio: ['inherit', quiet ? 2 : 'inherit', 'inherit'],
      })
      const [code, signal]: unknown[] = await once(child, 'exit')
      if (signal === 'SIGINT' || code === 130) throw interruption()
      return typeof code === 'number' ? code : 1
    } finally {
      process.off('SIGINT', wait)
    }
  }

const checkWritable = (folder: string): void => {
  try {
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    throw refusal(
      `The template is made in ${folder}, which cannot be written to: install the package in a folder of your own.`,
      cause,
    )
  }
}
