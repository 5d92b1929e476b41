import type { CriticalPath } from '../api.ts'
import type { Query } from '../query.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { childrenOf, descendantsOf } from './path/activity.ts'
import { type Divided, partsOf } from './path/parts.ts'
import { type PopulatedActivity, readActivities } from './path/read-activities.ts'
import { segmentsOf } from './path/segments.ts'
import { populationSql } from './population.ts'

/**
 * Of the time of the population's spans, what each operation below them and each wait between took, by the rule of
 * {@link segmentsOf}. Only finished spans count; what lies below one and is under way lasts to its end.
 */
export const criticalPath = async (
  warehouse: Pick<Warehouse, 'connect'>,
  query: Omit<Query, 'selection'>,
): Promise<CriticalPath> => {
  const connection = await warehouse.connect()
  try {
    const activities = await readActivities(connection, populationSql(query))
    return partsOf(tracesOf(activities).flatMap(dividedIn))
  } finally {
    connection.closeSync()
  }
}

const tracesOf = (activities: readonly PopulatedActivity[]): readonly (readonly PopulatedActivity[])[] => {
  const traces = new Map<number, PopulatedActivity[]>()
  for (const activity of activities) {
    const trace = traces.get(activity.traceNo)
    if (trace === undefined) traces.set(activity.traceNo, [activity])
    else trace.push(activity)
  }
  return [...traces.values()]
}

const dividedIn = (trace: readonly PopulatedActivity[]): readonly Divided[] => {
  const children = childrenOf(trace)
  return trace.flatMap((span) => {
    if (!span.isCounted || span.endMillis === undefined) return []
    const durationMillis = Math.max(0, span.endMillis - span.startMillis)
    return [{ durationMillis, segments: segmentsOf(span, descendantsOf(children, span), span.endMillis) }]
  })
}
