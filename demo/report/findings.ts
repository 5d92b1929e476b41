import { formatDuration } from '../../explorer/duration.ts'
import type { Warehouse } from '../../explorer/warehouse/warehouse.ts'
import { table } from './table.ts'

/** What the spans tell of one way to deploy. */
export interface Finding {
  readonly deployType: string
  readonly issues: number
  readonly medianIssueMillis: number
  readonly deploys: number
  readonly failedDeploys: number
}

/** Issues and deploys by the `deploy_type` in their trace, by the warehouse. */
export const readFindings = async (warehouse: Warehouse): Promise<readonly Finding[]> => {
  const rows = await warehouse.query(
    `WITH deploys AS (
       SELECT trace_id, is_error, coalesce(attributes['build.parameter.deploy_type'], 'unknown') AS deploy_type
       FROM spans WHERE operation = 'deploy' AND end_time IS NOT NULL
     ),
     issues AS (
       SELECT deploy_type, count(*) AS issues, quantile_cont(duration_ms, 0.5) AS median
       FROM spans JOIN (SELECT DISTINCT trace_id, deploy_type FROM deploys) USING (trace_id)
       WHERE operation = 'issue' AND end_time IS NOT NULL GROUP BY deploy_type
     )
     SELECT deploy_type, coalesce(any_value(issues), 0) AS issues, coalesce(any_value(median), 0) AS median,
       count(*) AS deploys, count_if(is_error) AS failed
     FROM deploys LEFT JOIN issues USING (deploy_type) GROUP BY deploy_type ORDER BY deploy_type`,
  )
  return rows.map((row) => ({
    deployType: String(row.deploy_type),
    issues: Number(row.issues),
    medianIssueMillis: Number(row.median),
    deploys: Number(row.deploys),
    failedDeploys: Number(row.failed),
  }))
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
