import { coloured } from '../print.ts'
import type { Finding, FindingState } from './finding.ts'

const STYLES = { ok: 'green', warning: 'yellow', problem: 'red' } as const satisfies Record<FindingState, string>
const SUBJECT_WIDTH = 12

/** One line. */
export const findingLine = ({ subject, state, says, remedy }: Finding): string =>
  `${coloured(STYLES[state], state.padEnd(7))}  ${subject.padEnd(SUBJECT_WIDTH)} ${says}${remedy === undefined ? '' : ` ${remedy}`}`

export const summaryLine = (findings: readonly Finding[]): string => {
  const count = (state: FindingState) => findings.filter((finding) => finding.state === state).length
  const [problems, warnings] = [count('problem'), count('warning')]
  if (problems + warnings === 0) return 'All is well.'
  return `${problems} ${problems === 1 ? 'problem' : 'problems'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`
}
