import type { Panel } from './definition.ts'
import type { Backend } from './grafana.ts'

const attribute = (name: string): string => `SpanAttributes['${name}']`

/**
 * On the table `otel_traces` as the Collector's exporter makes it: `Duration` in nanoseconds, `Timestamp` the start. Spans
 * count when they have ended, and of a span that was corrected the last one counts, which has the same id.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/clickhouseexporter
 */
export const clickHouseSql = (panel: Panel): string => `SELECT ${columnsOf(panel).join(', ')}
FROM (
  SELECT *, Timestamp + toIntervalNanosecond(Duration) AS Ended
  FROM otel_traces
  WHERE ${conditionsOf(panel).join(' AND ')}
  ORDER BY toUInt32OrZero(${attribute('valuestream.correction')}) DESC
  LIMIT 1 BY SpanId
)
WHERE $__timeFilter(Ended)
GROUP BY ${panel.measure.by === undefined ? 'time' : 'time, series'}
ORDER BY time`

const columnsOf = ({ measure }: Panel): readonly string[] => {
  const by = measure.by === undefined ? [] : [`${attribute(measure.by)} AS series`]
  if (measure.kind === 'count') return ['toStartOfDay(Ended) AS time', ...by, 'count() AS spans']
  const time = 'toDateTime(toStartOfWeek(Ended, 1)) AS time'
  return measure.by === undefined
    ? [time, 'quantile(0.5)(Duration) / 1e9 AS p50', 'quantile(0.9)(Duration) / 1e9 AS p90']
    : [time, ...by, 'quantile(0.5)(Duration) / 1e9 AS p50']
}

const conditionsOf = ({ operation, where }: Panel): readonly string[] => [
  `SpanName = '${operation}'`,
  ...Object.entries(where).map(([name, value]) =>
    value === '$environment' ? `match(${attribute(name)}, '^(?:$environment)$')` : `${attribute(name)} = '${value}'`,
  ),
]

export const clickHouse: Backend = {
  name: 'ClickHouse',
  datasource: 'grafana-clickhouse-datasource',
  target: (panel) => ({ editorType: 'sql', queryType: 'timeseries', format: 0, rawSql: clickHouseSql(panel) }),
}
