import { formatDuration } from '../../explorer/duration.ts'
import type { StoredSpan } from '../../explorer/span.ts'
import { table } from './table.ts'

/** What the spans tell of one way to deploy. */
export interface Finding {
  readonly deployType: string
  readonly issues: number
  readonly medianIssueMillis: number
  readonly deploys: number
  readonly failedDeploys: number
}

/** Issues and deploys by the `deploy_type` in their trace, from the received spans alone. */
export const findingsOf = (spans: readonly StoredSpan[]): readonly Finding[] => {
  const deploys = spans.filter(({ name }) => name === 'deploy')
  const typeOfTrace = new Map(deploys.map((span) => [span.traceId, deployTypeOf(span)]))
  const types = [...new Set(typeOfTrace.values())].sort()
  return types.map((deployType) => {
    const durations = spans
      .filter(({ name, traceId }) => name === 'issue' && typeOfTrace.get(traceId) === deployType)
      .map(({ startMillis, endMillis }) => endMillis - startMillis)
    const own = deploys.filter((span) => deployTypeOf(span) === deployType)
    return {
      deployType,
      issues: durations.length,
      medianIssueMillis: median(durations),
      deploys: own.length,
      failedDeploys: own.filter(({ state }) => state === 'error').length,
    }
  })
}

export const findingsTable = (findings: readonly Finding[]): string =>
  table([
    ['deploy_type', 'issues', 'median duration', 'deploys', 'failed'],
    ...findings.map(({ deployType, issues, medianIssueMillis, deploys, failedDeploys }) => [
      deployType,
      String(issues),
      formatDuration(medianIssueMillis),
      String(deploys),
      `${Math.round((100 * failedDeploys) / Math.max(1, deploys))} %`,
    ]),
  ])

const deployTypeOf = ({ attributes }: StoredSpan): string =>
  String(attributes['build.parameter.deploy_type'] ?? 'unknown')

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
