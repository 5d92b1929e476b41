import type { FlowMeasures } from '../../api/flow.ts'
import { formatDuration } from '../../duration.ts'
import { formatPerDay, formatShare } from '../ui/format.ts'

/** A measure of flow: where it stands, how it is said, and which way is better. */
export interface Measure {
  readonly key: string
  readonly title: string
  readonly meaning: string
  readonly valueOf: (measures: FlowMeasures) => number | undefined
  readonly format: (value: number) => string
  readonly isMoreBetter: boolean
}

export const MEASURES: readonly Measure[] = [
  {
    key: 'frequency',
    title: 'Deployment frequency',
    meaning: 'Successful deploys to production',
    valueOf: ({ deploymentsPerDay }) => deploymentsPerDay,
    format: formatPerDay,
    isMoreBetter: true,
  },
  {
    key: 'lead',
    title: 'Lead time for changes',
    meaning: 'From a pull request to its deploy, median',
    valueOf: ({ leadTimeMillis }) => leadTimeMillis,
    format: formatDuration,
    isMoreBetter: false,
  },
  {
    key: 'failure',
    title: 'Change failure rate',
    meaning: 'Deploys that failed or did harm, of all',
    valueOf: ({ changeFailureRate }) => changeFailureRate,
    format: formatShare,
    isMoreBetter: false,
  },
  {
    key: 'restore',
    title: 'Time to restore',
    meaning: 'From a failed deploy to the next good one, median',
    valueOf: ({ timeToRestoreMillis }) => timeToRestoreMillis,
    format: formatDuration,
    isMoreBetter: false,
  },
  {
    key: 'rework',
    title: 'Rework',
    meaning: 'What repeats what was done, of all',
    valueOf: ({ reworkRate }) => reworkRate,
    format: formatShare,
    isMoreBetter: false,
  },
]
