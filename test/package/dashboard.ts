import * as z from 'zod/mini'

const propertiesSchema = z.object({
  DashboardName: z.string(),
  DashboardBody: z.object({ 'Fn::Sub': z.string() }),
})
const bodySchema = z.object({
  widgets: z.array(
    z.object({
      properties: z.object({
        title: z.string(),
        stat: z.string(),
        metrics: z.array(z.array(z.union([z.string(), z.record(z.string(), z.string())]))),
      }),
    }),
  ),
})

/**
 * What a dashboard shows: of each widget its statistic, and of each line in it the metric and whose it is; what
 * CloudFormation is to fill in stands as `${…}`.
 *
 * @throws when its body is no JSON
 */
export const shownOn = (properties: unknown) => {
  const { DashboardName, DashboardBody } = z.parse(propertiesSchema, properties)
  const { widgets } = z.parse(bodySchema, JSON.parse(DashboardBody['Fn::Sub']))
  const lineOf = (metric: readonly unknown[]) => metric.filter((part) => typeof part === 'string').join(' ')
  return {
    name: DashboardName,
    widgets: Object.fromEntries(
      widgets.map(({ properties: { title, stat, metrics } }) => [title, { stat, lines: metrics.map(lineOf) }]),
    ),
  }
}

const ofStage = (names: readonly string[]) => names.map((name) => `ValueStream ${name} stage dev`)
const ofFunctions = (metric: string) =>
  ['Github', 'Jenkins', 'Events', 'Sweep', 'Redeliver'].map(
    (id) => `AWS/Lambda ${metric} FunctionName \${${id}LambdaFunction}`,
  )
const ofApi = (names: readonly string[]) => names.map((name) => `AWS/ApiGateway ${name} ApiId \${HttpApi}`)
const ofTable = (more: string) =>
  ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) => `AWS/DynamoDB ${name} TableName \${ContextTable}${more}`)

export const DASHBOARD = {
  name: 'valuestream-dev',
  widgets: {
    Webhooks: {
      stat: 'Sum',
      lines: ofStage([
        'Received',
        'Recorded',
        'Ignored',
        'RefusedSignature',
        'RefusedMalformed',
        'RefusedTooLarge',
        'Unavailable',
        'Redelivered',
        'RedeliveryRejected',
      ]),
    },
    Spans: {
      stat: 'Sum',
      lines: ofStage(['Exported', 'ExportFailed', 'Undeliverable', 'Postponed', 'Abandoned', 'LostRaces']),
    },
    Outbox: { stat: 'Maximum', lines: ofStage(['OutboxSize', 'OutboxAgeSeconds']) },
    'DynamoDB throttles': {
      stat: 'Sum',
      lines: ['', ' GlobalSecondaryIndexName due', ' GlobalSecondaryIndexName changes'].flatMap(ofTable),
    },
    'Duration, 99 of 100, ms': { stat: 'p99', lines: ofFunctions('Duration') },
    'Function errors and throttles': { stat: 'Sum', lines: [...ofFunctions('Errors'), ...ofFunctions('Throttles')] },
    API: { stat: 'Sum', lines: ofApi(['Count', '4xx', '5xx']) },
    'API latency, 99 of 100, ms': { stat: 'p99', lines: ofApi(['Latency', 'IntegrationLatency']) },
  },
}
