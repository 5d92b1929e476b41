import { execFile } from 'node:child_process'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command line in a process of its own, with this environment and nothing of the shell's but the path. */
export const runCli = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['cli/valuestream.cjs', ...args],
      { env: { PATH: process.env.PATH ?? '', HOME: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true', ...env } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
