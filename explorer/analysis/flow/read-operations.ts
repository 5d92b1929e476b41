import { OPERATIONS } from '../../../lib/delivery/activity.ts'
import type { FlowMeasures } from '../../api.ts'
import type { Row, RunQuery } from '../../warehouse/rows.ts'
import type { Interval } from './interval.ts'

export interface Range {
  readonly fromMillis: number
  readonly toMillis: number
}

/** What a group's spans, of all the time or of one interval, tell of themselves. */
export interface OperationFacts extends Pick<FlowMeasures, 'operations' | 'reworkRate'> {
  /** Undefined: of all groups together. */
  readonly group?: string
  /** The start of the interval; undefined: of the whole range. */
  readonly startMillis?: number
}

/** Of the operations that ValueStream does not know, the most frequent ones. */
const MAX_OPERATIONS = 12

/**
 * What repeats what was done: a reopened issue or pull request, a further attempt at a run, a rollback; of all issues,
 * pull requests, builds and deploys. Beside DORA's deployment rework rate, which counts unplanned deploys alone.
 */
const IS_REWORK = `(operation IN ('issue', 'pull_request') AND episode > 1
  OR operation IN ('build', 'deploy') AND coalesce(TRY_CAST(attributes['build.attempt'] AS INTEGER), 1) > 1
  OR operation = 'deploy' AND attributes['deployment.rollback'] = 'true')`

/** The groups with the most finished spans in the range, and how many there are. Reads `flow_spans`. */
export const readGroups = async (
  query: RunQuery,
  range: Range,
  limit: number,
): Promise<{ readonly groups: readonly string[]; readonly count: number }> => {
  const rows = await query(
    `SELECT name, count(*) AS spans
     FROM (SELECT unnest(f.groups) AS name FROM spans s JOIN flow_spans f USING (span_no) WHERE f.is_counted AND ${IN_RANGE})
     GROUP BY name ORDER BY spans DESC, name`,
    parametersOf(range),
  )
  return { groups: rows.slice(0, limit).map((row) => String(row.name)), count: rows.length }
}

/** Reads `flow_spans`. */
export const readOperations = async (
  query: RunQuery,
  range: Range,
  interval: Interval,
  groups: readonly string[],
): Promise<readonly OperationFacts[]> => {
  const rows = await query(
    `WITH finished AS (
       SELECT s.operation, s.is_error, s.duration_ms, date_trunc('${interval}', s.end_time) AS start_time,
         coalesce(${IS_REWORK}, false) AS is_rework,
         unnest(list_concat([NULL], list_filter(f.groups, g -> list_contains(from_json($groups, '["VARCHAR"]'), g)))) AS name
       FROM spans s JOIN flow_spans f USING (span_no) WHERE f.is_counted AND ${IN_RANGE}
     )
     SELECT name, operation, start_time, grouping(start_time) AS is_whole, count(*) AS spans,
       count(*) FILTER (is_error) AS failed, count(*) FILTER (is_rework) AS reworked,
       quantile_cont(duration_ms, 0.5) AS p50, quantile_cont(duration_ms, 0.9) AS p90
     FROM finished GROUP BY GROUPING SETS ((name, operation), (name, operation, start_time))
     ORDER BY spans DESC, operation`,
    { ...parametersOf(range), groups: JSON.stringify(groups) },
  )
  const cells = new Map<string, Row[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.name, row.is_whole === 1 ? null : row.start_time])
    const cell = cells.get(key)
    if (cell === undefined) cells.set(key, [row])
    else cell.push(row)
  }
  return [...cells.values()].map(operationFactsOf)
}

const IN_RANGE =
  's.end_time >= make_timestamp($from_us::BIGINT) AND s.end_time < make_timestamp($to_us::BIGINT)' as const

const parametersOf = ({ fromMillis, toMillis }: Range) => ({
  from_us: BigInt(Math.round(fromMillis * 1000)),
  to_us: BigInt(Math.round(toMillis * 1000)),
})

const isKnown = (row: Row): boolean => OPERATIONS.some((operation) => operation === row.operation)

/** @param rows the operations of one group in one interval, the most frequent first */
const operationFactsOf = (rows: readonly Row[]): OperationFacts => {
  const known = OPERATIONS.flatMap((operation) => rows.filter((row) => row.operation === operation))
  const others = rows.filter((row) => !isKnown(row)).slice(0, MAX_OPERATIONS)
  const [all, reworked] = [known.reduce(summed('spans'), 0), known.reduce(summed('reworked'), 0)]
  const [first] = rows
  return {
    ...(typeof first?.name === 'string' ? { group: first.name } : {}),
    ...(first?.is_whole === 0 ? { startMillis: Number(first.start_time) } : {}),
    ...(all === 0 ? {} : { reworkRate: reworked / all }),
    operations: [...known, ...others].map((row) => ({
      operation: String(row.operation),
      count: Number(row.spans),
      failed: Number(row.failed),
      p50Millis: Number(row.p50),
      p90Millis: Number(row.p90),
    })),
  }
}

const summed =
  (column: string) =>
  (sum: number, row: Row): number =>
    sum + Number(row[column])
