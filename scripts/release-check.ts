import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { filesVerdict } from './release-files.ts'

/**
 * Packs a release, checks what is in it, installs it in an empty folder, and uses it there as a newcomer would. It takes
 * some three minutes and the registry, so it is run by hand, before a release: `npm run release:check`.
 */
const PACKED = z.array(
  z.object({
    filename: z.string(),
    size: z.number(),
    unpackedSize: z.number(),
    files: z.array(z.object({ path: z.string() })),
  }),
)

/** The end of a run, as the Statistics Gatherer posts it. */
const PAYLOAD = {
  ...{ ciUrl: 'https://ci.example/', buildUrl: 'job/shop/1/', fullJobName: 'shop', number: 1 },
  ...{ result: 'SUCCESS', endTime: 1_790_000_000_000, duration: 60_000 },
}

const failures: string[] = []

const run = (what: string, command: string, args: readonly string[], options: SpawnSyncOptions): string => {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(command, [...args], { ...options, encoding: 'utf8' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'passed' : 'FAILED'}  ${what}, in ${seconds} s`)
  if (status !== 0) failures.push(`${what} ended with ${status}:\n${stdout}\n${stderr}`)
  return String(stdout)
}

const folder = mkdtempSync(join(tmpdir(), 'valuestream-release-'))
const home = join(folder, 'home')
const env = { ...process.env, PORT: '0', VALUESTREAM_HOME: home }
const packed = run('npm pack', 'npm', ['pack', '--json', '--pack-destination', folder], {})
const [tarball] = z.parse(PACKED, JSON.parse(packed.slice(packed.indexOf('['))))
if (tarball === undefined) throw new Error('npm pack has told of no tarball')
const { unwanted, missing } = filesVerdict(tarball.files.map(({ path }) => path))
console.log(`${tarball.files.length} files, ${tarball.size} bytes, unpacked ${tarball.unpackedSize}`)
for (const file of unwanted) failures.push(`${file} is in the tarball and should not be`)
for (const file of missing) failures.push(`${file} is not in the tarball`)

writeFileSync(join(folder, 'package.json'), '{ "name": "newcomer", "version": "1.0.0", "private": true }\n')
writeFileSync(join(folder, 'payload.json'), JSON.stringify(PAYLOAD))
const here = { cwd: folder, env }
run('npm install', 'npm', ['install', '--no-audit', '--no-fund', join(folder, tarball.filename)], here)
run('--help', 'npx', ['valuestream', '--help'], here)
run('explain', 'npx', ['valuestream', 'explain', 'payload.json'], here)
run('completion', 'npx', ['valuestream', 'completion', 'bash'], here)
run('serverless package', 'npx', ['serverless', 'package', '--package', join(folder, 'template')], {
  ...here,
  cwd: join(folder, 'node_modules', 'valuestream'),
})
run('demo --once', 'npx', ['valuestream', 'demo', '--once'], here)
run('correlate', 'npx', ['valuestream', 'correlate', '--json'], here)
run('report', 'npx', ['valuestream', 'report', 'pull-requests', '--csv'], here)

rmSync(folder, { recursive: true, force: true })
console.log(failures.length === 0 ? 'The release is whole.' : failures.join('\n\n'))
process.exitCode = failures.length === 0 ? 0 : 1
