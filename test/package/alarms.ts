/** To tell the topic, where there is one, of the bad and of the good. */
const TOLD = { 'Fn::If': ['HasAlarmTopic', [''], { Ref: 'AWS::NoValue' }] }
const ACTIONS = { AlarmActions: TOLD, OKActions: TOLD }
const STAGE = [{ Name: 'stage', Value: 'dev' }]

/** One that looks at a sum that should stay at zero. */
const never = (name: string, description: string, metric: object, threshold = 1) => ({
  AlarmName: `valuestream-dev-${name}`,
  AlarmDescription: description,
  ...ACTIONS,
  Namespace: 'ValueStream',
  Dimensions: STAGE,
  ...metric,
  Statistic: 'Sum',
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Threshold: threshold,
  Period: 300,
  EvaluationPeriods: 1,
  TreatMissingData: 'notBreaching',
})

const lambdaMetric = (functionId: string, MetricName: string) => ({
  Namespace: 'AWS/Lambda',
  MetricName,
  Dimensions: [{ Name: 'FunctionName', Value: { Ref: `${functionId}LambdaFunction` } }],
})

const functionAlarms = (id: string, name: string) => ({
  [`${id}ErrorsAlarm`]: never(
    `${name}-errors`,
    `The function ${name} has thrown, timed out or crashed.`,
    lambdaMetric(id, 'Errors'),
  ),
  [`${id}ThrottlesAlarm`]: never(
    `${name}-throttles`,
    `Lambda had no capacity left to run the function ${name}.`,
    lambdaMetric(id, 'Throttles'),
  ),
})

const ofQuarterHour = (Id: string, MetricName: string) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'ValueStream', MetricName, Dimensions: STAGE }, Stat: 'Sum', Period: 900 },
})

/** Every alarm of `infra/alarms.yml`, for stage `dev` and without a topic. */
export const ALARMS = {
  OutboxAgeAlarm: {
    AlarmName: 'valuestream-dev-outbox-age',
    AlarmDescription: 'Spans have waited for 15 minutes to be taken by the backend.',
    ...ACTIONS,
    Namespace: 'ValueStream',
    MetricName: 'OutboxAgeSeconds',
    Dimensions: STAGE,
    Statistic: 'Maximum',
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 900,
    Period: 60,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 3,
    TreatMissingData: 'ignore',
  },
  SweepMissingAlarm: {
    AlarmName: 'valuestream-dev-sweep-missing',
    AlarmDescription: 'The sweep has not run for five minutes.',
    ...ACTIONS,
    ...lambdaMetric('Sweep', 'Invocations'),
    Statistic: 'Sum',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 1,
    Period: 60,
    EvaluationPeriods: 5,
    DatapointsToAlarm: 5,
    TreatMissingData: 'breaching',
  },
  ExportFailingAlarm: {
    AlarmName: 'valuestream-dev-export-failing',
    AlarmDescription: 'The backend has taken nothing for a quarter of an hour.',
    ...ACTIONS,
    Metrics: [
      { Id: 'failing', Label: 'Exports fail and none succeeds', Expression: 'IF(failed > 0 AND exported == 0, 1, 0)' },
      ofQuarterHour('failed', 'ExportFailed'),
      ofQuarterHour('exported', 'Exported'),
    ],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    EvaluationPeriods: 5,
    DatapointsToAlarm: 1,
    TreatMissingData: 'notBreaching',
  },
  UndeliverableAlarm: never('undeliverable', 'The backend has refused spans for good.', {
    MetricName: 'Undeliverable',
  }),
  UnavailableAlarm: never(
    'unavailable',
    'A webhook could not be recorded, and its sender was told to deliver it again.',
    { MetricName: 'Unavailable' },
  ),
  RedeliveryRejectedAlarm: never('redelivery-rejected', 'GitHub will never deliver a webhook again that has failed.', {
    MetricName: 'RedeliveryRejected',
  }),
  RefusedSignatureAlarm: never(
    'refused-signature',
    'Ten webhooks in five minutes had a wrong signature or token.',
    { MetricName: 'RefusedSignature' },
    10,
  ),
  ApiFailureAlarm: never('api-5xx', 'The API has answered 5xx.', {
    Namespace: 'AWS/ApiGateway',
    MetricName: '5xx',
    Dimensions: [{ Name: 'ApiId', Value: { Ref: 'HttpApi' } }],
  }),
  ...functionAlarms('Github', 'github'),
  ...functionAlarms('Jenkins', 'jenkins'),
  ...functionAlarms('Events', 'events'),
  ...functionAlarms('Sweep', 'sweep'),
  ...functionAlarms('Redeliver', 'redeliver'),
}
