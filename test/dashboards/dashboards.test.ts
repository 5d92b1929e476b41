import { readdirSync, readFileSync } from 'node:fs'
import { ATTRIBUTES } from '../../lib/delivery/attributes.ts'
import { clickHouseSql } from '../../scripts/dashboards/clickhouse.ts'
import { PANELS } from '../../scripts/dashboards/definition.ts'
import { dashboardFiles } from '../../scripts/dashboards/files.ts'
import { traceQl } from '../../scripts/dashboards/tempo.ts'

const files = Object.entries(dashboardFiles())

it('infra/dashboards holds what the definition makes (npx tsx scripts/dashboards.ts), and no other', () => {
  expect(readdirSync('infra/dashboards').filter((name) => name.endsWith('.json'))).toEqual(
    files.map(([path]) => path.replace('infra/dashboards/', '')).sort(),
  )
  for (const [path, text] of files) expect({ path, text: readFileSync(path, 'utf8') }).toEqual({ path, text })
})

it.each(files)('%s asks for nothing but attributes that are emitted, on the spans that have them', (_, text) => {
  const asked = [...text.matchAll(/span\.([\w.]+)|SpanAttributes\['([^']+)'\]/g)].map(([, one, other]) => one ?? other)
  const known = ATTRIBUTES.map(({ name }) => name.replace('<name>', ''))
  expect(asked.length).toBeGreaterThan(10)
  expect(
    asked.filter((name = '') => !known.some((one) => (one.endsWith('.') ? name.startsWith(one) : name === one))),
  ).toEqual([])
  for (const { operation, where } of PANELS) {
    const on = Object.keys(where).map((name) => ATTRIBUTES.find((one) => one.name === name)?.on as readonly string[])
    expect(on.every((operations) => operations.includes(operation))).toBe(true)
  }
})

it('answers the five questions: how often, how well, and how long each of the four takes', () => {
  expect(PANELS.map(({ operation, measure }) => `${operation} ${measure.kind}`)).toEqual([
    'deploy count',
    'deploy count',
    'issue duration',
    'pull_request duration',
    'build duration',
    'deploy duration',
    'deploy duration',
  ])
})

it('asks Tempo in TraceQL', () => {
  expect(PANELS.map(traceQl)).toEqual([
    '{ name = "deploy" && span.deployment.environment.name =~ "$environment" && span.valuestream.result = "success" } | count_over_time() by (span.deployment.environment.name)',
    '{ name = "deploy" && span.deployment.environment.name =~ "$environment" } | count_over_time() by (span.valuestream.result)',
    '{ name = "issue" } | quantile_over_time(duration, .5, .9)',
    '{ name = "pull_request" && span.vcs.change.state = "merged" } | quantile_over_time(duration, .5, .9)',
    '{ name = "build" && span.valuestream.result = "success" } | quantile_over_time(duration, .5, .9)',
    '{ name = "deploy" && span.deployment.environment.name =~ "$environment" && span.valuestream.result = "success" } | quantile_over_time(duration, .5, .9)',
    '{ name = "deploy" && span.deployment.environment.name =~ "$environment" && span.valuestream.result = "success" } | quantile_over_time(duration, .5) by (span.build.parameter.deploy_type)',
  ])
})

it('asks ClickHouse in SQL, for the last correction of each span, by when it ended', () => {
  const [often] = PANELS
  expect(
    often && clickHouseSql(often),
  ).toBe(`SELECT toStartOfDay(Ended) AS time, SpanAttributes['deployment.environment.name'] AS series, count() AS spans
FROM (
  SELECT *, Timestamp + toIntervalNanosecond(Duration) AS Ended
  FROM otel_traces
  WHERE SpanName = 'deploy' AND match(SpanAttributes['deployment.environment.name'], '^(?:$environment)$') AND SpanAttributes['valuestream.result'] = 'success'
  ORDER BY toUInt32OrZero(SpanAttributes['valuestream.correction']) DESC
  LIMIT 1 BY SpanId
)
WHERE $__timeFilter(Ended)
GROUP BY time, series
ORDER BY time`)
})
