/** Every metric that the functions write, with its CloudWatch unit. What each counts: docs/operations.md. */
export const METRICS = {
  Received: 'Count',
  Ignored: 'Count',
  RefusedMalformed: 'Count',
  RefusedSignature: 'Count',
  RefusedTooLarge: 'Count',
  Unavailable: 'Count',
  Recorded: 'Count',
  LostRaces: 'Count',
  Exported: 'Count',
  ExportFailed: 'Count',
  Undeliverable: 'Count',
  Postponed: 'Count',
  Abandoned: 'Count',
  OutboxSize: 'Count',
  OutboxAgeSeconds: 'Seconds',
  Redelivered: 'Count',
  RedeliveryRejected: 'Count',
  RedeliveryFailed: 'Count',
  Commented: 'Count',
  CommentFailed: 'Count',
} as const

export type Metric = keyof typeof METRICS
/** Values by metric; a metric that is absent is not written. */
export type Figures = Readonly<Partial<Record<Metric, number>>>

/** What makes members of a log line out of figures, so that CloudWatch makes metrics out of the line. */
export type Embed = (figures: Figures) => Readonly<Record<string, unknown>>

/**
 * Each metric once for the whole stage, which alarms and dashboard look at. By function it would be thirty more, at 0.30 $ a month
 * each; the line bears the function, so that Logs Insights tells them apart.
 */
const DIMENSIONS = [['stage']] as const

/**
 * CloudWatch's embedded metric format: members at the root of a line of JSON, of which `_aws` says which are metrics.
 * Nothing without a stage and a function, as on your own machine: there is no CloudWatch to read it.
 *
 * @param now epoch milliseconds
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const embeddedMetrics =
  (stage: string | undefined, functionName: string | undefined, now: () => number): Embed =>
  (figures) => {
    const names = (Object.keys(METRICS) as Metric[]).filter((name) => figures[name] !== undefined)
    if (!stage || !functionName || names.length === 0) return {}
    return {
      _aws: {
        Timestamp: now(),
        CloudWatchMetrics: [
          {
            Namespace: 'ValueStream',
            Dimensions: DIMENSIONS,
            Metrics: names.map((name) => ({ Name: name, Unit: METRICS[name] })),
          },
        ],
      },
      stage,
      function: functionName,
      ...Object.fromEntries(names.map((name) => [name, figures[name]])),
    }
  }
