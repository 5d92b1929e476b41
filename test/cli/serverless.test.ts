import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runServerless } from '../../cli/deploy/serverless.ts'
import { isInterruption } from '../../cli/interruption.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'serverless-'))
  mkdirSync(join(folder, 'node_modules/serverless/bin'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{}')
  writeFileSync(join(folder, 'node_modules/serverless/package.json'), '{}')
})
afterEach(() => {
  chmodSync(folder, 0o755)
  rmSync(folder, { recursive: true, force: true })
})

/** Plays the framework. */
const framework = (code: string) => writeFileSync(join(folder, 'node_modules/serverless/bin/serverless.js'), code)

describe('the Serverless Framework', () => {
  it('is run in the package’s folder with its arguments, and its exit code is told', async () => {
    framework(
      `require('fs').writeFileSync('ran.json', JSON.stringify([process.cwd(), process.argv.slice(2)])); process.exit(3)`,
    )
    expect(await runServerless(folder, { quiet: true })(['deploy', '--stage', 'prod'])).toBe(3)
    const ran: unknown = jest.requireActual(join(folder, 'ran.json'))
    expect(ran).toEqual([expect.stringContaining('serverless-'), ['deploy', '--stage', 'prod']])
  })

  it.each(['process.exit(130)', "process.kill(process.pid, 'SIGINT'); setTimeout(() => {}, 60000)"])(
    'is interrupted by Ctrl-C, and so is the command (%#)',
    async (code) => {
      framework(code)
      const error: unknown = await runServerless(folder, { quiet: true })([]).catch((thrown: unknown) => thrown)
      expect(isInterruption(error)).toBe(true)
    },
  )
})
