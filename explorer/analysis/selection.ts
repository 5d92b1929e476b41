import type { Query } from '../query.ts'
import { populationSql } from './population.ts'
import type { Sql } from './sql.ts'

/** Slow is what takes as long as the slowest tenth of the population, fast as little as the fastest. */
const SLOW = 0.9
const FAST = 0.1

/**
 * The population, and `flagged AS (…)`: its columns with `is_selected`, whether a span is compared with the rest. To be
 * put behind `WITH`.
 */
export const selectionSql = (query: Query): Sql => {
  const { text, parameters } = populationSql(query)
  const condition = conditionOf(query)
  return {
    text: `${text}, flagged AS MATERIALIZED (SELECT *, (${condition.text}) AS is_selected FROM population)`,
    parameters: { ...parameters, ...condition.parameters },
  }
}

const conditionOf = ({ selection }: Query): Sql => {
  switch (selection.kind) {
    case 'failed':
      return { text: 'is_error', parameters: {} }
    case 'slow':
      return { text: `duration_ms >= (SELECT quantile_cont(duration_ms, ${SLOW}) FROM population)`, parameters: {} }
    case 'fast':
      return { text: `duration_ms <= (SELECT quantile_cont(duration_ms, ${FAST}) FROM population)`, parameters: {} }
    case 'duration':
      return {
        text: 'duration_ms BETWEEN $selection_min AND $selection_max',
        parameters: { selection_min: selection.minMillis, selection_max: selection.maxMillis },
      }
  }
}
