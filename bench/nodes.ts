import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { arch, platform, version } from 'node:process'

/** A Node to measure with. */
export interface Node {
  readonly name: string
  readonly path: string
}

/** Where Nodes are kept that were fetched. */
const KEPT = '.valuestream/nodes'

/**
 * The machine's own, and those majors that are asked for, from the npm registry: the one that runs on Lambda need not be
 * the one that is installed.
 */
export const nodesOf = (majors: readonly string[]): readonly Node[] => [
  { name: version, path: process.execPath },
  ...majors.map((major) => ({ name: `v${major}`, path: fetched(major) })),
]

const fetched = (major: string): string => {
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`
  const folder = resolve(KEPT, major)
  const path = join(folder, 'node_modules', name, 'bin', 'node')
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${name}@${major}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return path
}
