import type { Panel } from './definition.ts'
import type { Backend } from './grafana.ts'

/** @see https://grafana.com/docs/tempo/latest/metrics-from-traces/metrics-queries/functions/ */
export const traceQl = ({ operation, measure, where }: Panel): string => {
  const conditions = Object.entries(where).map(([name, value]) =>
    value === '$environment' ? `span.${name} =~ "$environment"` : `span.${name} = "${value}"`,
  )
  const spans = `{ ${[`name = "${operation}"`, ...conditions].join(' && ')} }`
  if (measure.kind === 'count') return `${spans} | count_over_time() by (span.${measure.by})`
  return measure.by === undefined
    ? `${spans} | quantile_over_time(duration, .5, .9)`
    : `${spans} | quantile_over_time(duration, .5) by (span.${measure.by})`
}

export const tempo: Backend = {
  name: 'Tempo',
  datasource: 'tempo',
  target: (panel) => ({
    queryType: 'traceql',
    query: traceQl(panel),
    step: panel.measure.kind === 'count' ? '1d' : '7d',
    tableType: 'traces',
    limit: 20,
    filters: [],
  }),
}
