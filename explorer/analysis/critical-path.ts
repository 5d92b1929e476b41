import type { CriticalPath } from '../api/critical-path.ts'
import type { Query } from '../query.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { readParts } from './path/parts.ts'
import { populationSql } from './population.ts'

/**
 * Of the time of the population's spans, what each operation below them and each wait between took, by the rule of
 * `segmentsOf`. Only finished spans count; what lies below one and is under way lasts to its end.
 */
export const criticalPath = async (
  warehouse: Pick<Warehouse, 'index' | 'snapshot'>,
  asked: Omit<Query, 'selection'>,
): Promise<CriticalPath> => {
  await warehouse.index()
  return warehouse.snapshot(async (query) => {
    const population = populationSql(asked)
    await query(
      `CREATE TEMP TABLE path_spans AS
         WITH ${population.text}
         SELECT span_no, greatest(0, epoch_us(end_time) - epoch_us(start_time)) AS micros FROM population`,
      population.parameters,
    )
    return readParts(query)
  })
}
