import type { Flow, FlowGroup, FlowMeasures } from '../api/flow.ts'
import type { RunQuery } from '../warehouse/rows.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { byCell } from './flow/cell.ts'
import type { FlowQuery } from './flow/flow-query.ts'
import { DAY_MILLIS, type Interval, intervalsOf, nextInterval, type Range, suitingInterval } from './flow/interval.ts'
import { makeFlowSpans } from './flow/read-flow-spans.ts'
import { readInProgress } from './flow/read-in-progress.ts'
import { type Delivered, readMeasures } from './flow/read-measures.ts'
import { type OperationFacts, readOperations } from './flow/read-operations.ts'

const MAX_GROUPS = 12

/**
 * How the work flows. Each thing counts in the interval in which it ended: a lead time in that of the deploy, a time to
 * restore in that of the end of the failure. How each measure is made stands in `flow/facts.ts`.
 *
 * @throws QueryError when the intervals are too many
 */
export const flow = async (
  warehouse: Pick<Warehouse, 'index' | 'snapshot'>,
  asked: FlowQuery,
  nowMillis: number,
): Promise<Flow> => {
  await warehouse.index()
  return warehouse.snapshot((query) => flowOf(query, asked, nowMillis))
}

const flowOf = async (query: RunQuery, asked: FlowQuery, nowMillis: number): Promise<Flow> => {
  const range = await rangeOf(query, asked, nowMillis)
  const interval = asked.interval ?? suitingInterval(range.fromMillis, range.toMillis)
  const starts = intervalsOf(range.fromMillis, range.toMillis, interval)
  const { groups, count } = await makeFlowSpans(query, asked, range, MAX_GROUPS)
  const isDivided = groups.length > 0
  const told = {
    range,
    interval,
    starts,
    operations: byCell(await readOperations(query, range, interval, isDivided)),
    delivered: byCell(await readMeasures(query, range, interval, isDivided)),
  }
  return {
    ...range,
    interval,
    groups: [undefined, ...groups].map((name, groupNo) => flowGroup(name, groupNo, told)),
    cut: count - groups.length,
    workInProgress: await readInProgress(query, nowMillis),
  }
}

/** From the first to the last end, unless it is said; the end itself does not belong to it. */
const rangeOf = async (query: RunQuery, asked: FlowQuery, nowMillis: number): Promise<Range> => {
  const [row] = await query(`SELECT min(end_time) AS first, max(end_time) AS last FROM spans`)
  const toMillis =
    asked.toMillis ?? Math.max(asked.fromMillis ?? 0, typeof row?.last === 'number' ? row.last + 1 : nowMillis)
  return { fromMillis: asked.fromMillis ?? Math.min(toMillis, Number(row?.first ?? nowMillis)), toMillis }
}

interface Told {
  readonly range: Range
  readonly interval: Interval
  readonly starts: readonly number[]
  readonly operations: ReturnType<typeof byCell<OperationFacts>>
  readonly delivered: ReturnType<typeof byCell<Delivered>>
}

const flowGroup = (
  name: string | undefined,
  groupNo: number,
  { range, interval, starts, ...told }: Told,
): FlowGroup => {
  const measured = (millis: number, startMillis: number | undefined): FlowMeasures => {
    const { operations = [], reworkRate } = told.operations(groupNo, startMillis) ?? {}
    const { groupNo: _no, startMillis: _start, ...delivered } = told.delivered(groupNo, startMillis) ?? NOTHING
    return {
      deploymentsPerDay: delivered.deployments / Math.max(1, millis / DAY_MILLIS),
      ...delivered,
      ...(reworkRate === undefined ? {} : { reworkRate }),
      operations,
    }
  }
  return {
    ...(name === undefined ? {} : { name }),
    measures: measured(range.toMillis - range.fromMillis, undefined),
    series: starts.map((fromMillis) => {
      const [from, to] = [
        Math.max(fromMillis, range.fromMillis),
        Math.min(nextInterval(fromMillis, interval), range.toMillis),
      ]
      return { fromMillis, ...measured(to - from, fromMillis) }
    }),
  }
}

const NOTHING: Delivered = { groupNo: 0, deployments: 0 }
