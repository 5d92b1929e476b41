import { spawnSync } from 'node:child_process'
import { verdictOf } from './audit-report.ts'

/** Exit code 0 when no production dependency has a known high or critical vulnerability, or the registry cannot tell. */
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  timeout: 60_000,
  maxBuffer: 64 * 1024 * 1024,
})
const { passes, lines } = verdictOf(stdout ?? '')
console.log(lines.join('\n'))
process.exit(passes ? 0 : 1)
