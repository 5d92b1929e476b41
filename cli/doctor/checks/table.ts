import type { TableState } from '../../aws/table-state.ts'
import { type Finding, ok, problem, warning } from '../finding.ts'

/** As `infra/table.yml` has it. */
export interface WantedTable {
  readonly keys: readonly string[]
  readonly timeToLive: string
}

/** What of a table differs from what the functions, and whoever has to restore it, count on. */
export const tableFindings = (state: TableState, wanted: WantedTable, tableName: string): readonly Finding[] => {
  const missing = wanted.keys.filter((key) => !state.keys.includes(key))
  const findings = [
    ...(state.status === 'ACTIVE'
      ? []
      : [problem('table', `${tableName} is ${state.status}.`, 'Wait until it is ACTIVE, and look again.')]),
    ...missing.map((key) =>
      problem('table', `${tableName} lacks ${key}.`, 'Deploy this version, which adds it: npx valuestream deploy.'),
    ),
    ...(state.timeToLive === wanted.timeToLive
      ? []
      : [
          warning(
            'table',
            'Its time to live is off: nothing is ever deleted.',
            `Switch it on for ${wanted.timeToLive}.`,
          ),
        ]),
    ...(state.hasPointInTimeRecovery
      ? []
      : [
          warning(
            'table',
            'Its point-in-time recovery is off.',
            'Deploy anew, or switch it on: it is the system of record.',
          ),
        ]),
    ...(state.isProtected
      ? []
      : [warning('table', 'It is not protected against deletion.', 'Deploy anew, or switch it on.')]),
  ]
  if (findings.length > 0) return findings
  return [
    ok(
      'table',
      `${tableName} is ACTIVE with its indexes, time to live, recovery and protection; about ${state.items} items.`,
    ),
  ]
}
