import type { AttributeNames } from '../api/attribute-names.ts'
import type { Query } from '../query.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { populationSql } from './population.ts'

/** As many values as are named, the most frequent first. */
const MAX_FREQUENT = 20

/**
 * What the population can be grouped and filtered by: the attributes of its spans, and of the other spans of their traces,
 * but those that only tell one from all others. `*` stands for the operation itself.
 */
export const attributeNames = async (warehouse: Warehouse, asked: Query): Promise<AttributeNames> => {
  await warehouse.index()
  const { text, parameters } = populationSql(asked)
  const rows = await warehouse.query(
    `WITH ${text},
     counted AS (
       SELECT 'self' AS scope, name, value, spans FROM (
         SELECT item_no, count(*) AS spans FROM marks SEMI JOIN population USING (span_no) GROUP BY item_no
       ) JOIN items USING (item_no) WHERE kind = 'value' AND name <> '*'
       UNION ALL
       SELECT operation, name, value, spans FROM (
         SELECT item_no, count(*) AS spans FROM trace_items SEMI JOIN population USING (trace_no) GROUP BY item_no
       ) JOIN items USING (item_no) WHERE kind = 'value' AND operation <> $population_operation
       UNION ALL
       SELECT operation, name, value, spans FROM (
         SELECT item_no, count(*) AS spans FROM trace_items WHERE trace_no IN (
           SELECT trace_no FROM trace_items t JOIN items i USING (item_no)
           WHERE i.operation = $population_operation AND i.name = '*' AND spans > 1 AND trace_no IN (SELECT trace_no FROM population)
         ) GROUP BY item_no
       ) JOIN items USING (item_no) WHERE kind = 'value' AND operation = $population_operation
       UNION ALL
       SELECT 'self', name, number::VARCHAR, spans FROM (
         SELECT item_no, n.value AS number, count(*) AS spans
         FROM numbers n SEMI JOIN population USING (span_no) GROUP BY item_no, n.value
       ) JOIN items USING (item_no)
       UNION ALL
       SELECT operation, name, number::VARCHAR, spans FROM (
         SELECT item_no, n.value AS number, count(*) AS spans
         FROM numbers n SEMI JOIN population USING (trace_no) GROUP BY item_no, n.value
       ) JOIN items USING (item_no) WHERE operation <> $population_operation
     )
     SELECT scope, name, count(*) AS distinct_values, max_by(value, spans, ${MAX_FREQUENT}) AS frequent
     FROM counted GROUP BY scope, name ORDER BY scope <> 'self', scope, name`,
    parameters,
  )
  return {
    attributes: rows.map(({ scope, name, distinct_values, frequent }) => ({
      scope: String(scope),
      name: String(name),
      values: name === '*' ? 0 : Number(distinct_values),
      frequent: name === '*' || !Array.isArray(frequent) ? [] : frequent.map((value) => tidy(String(value))),
    })),
  }
}

/** DuckDB writes whole numbers among others as `3.0`. */
const tidy = (value: string): string => value.replace(/^(-?\d+)\.0$/, '$1')
