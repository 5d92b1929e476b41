import { jsonLog } from '../../lib/lambda/log.ts'
import { embeddedMetrics } from '../../lib/lambda/metrics.ts'

const NOW_MILLIS = 1_574_109_732_004
const embed = embeddedMetrics('prod', 'valuestream-prod-sweep', () => NOW_MILLIS)

const EMBEDDED = {
  _aws: {
    Timestamp: 1_574_109_732_004,
    CloudWatchMetrics: [
      {
        Namespace: 'ValueStream',
        Dimensions: [['stage']],
        Metrics: [
          { Name: 'Exported', Unit: 'Count' },
          { Name: 'OutboxAgeSeconds', Unit: 'Seconds' },
        ],
      },
    ],
  },
  stage: 'prod',
  function: 'valuestream-prod-sweep',
  Exported: 0,
  OutboxAgeSeconds: 61,
}

describe('the embedded metric format', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
  it('has each metric with its unit under _aws, and its value and the dimensions, as text, at the root', () => {
    expect(embed({ OutboxAgeSeconds: 61, Exported: 0 })).toEqual(EMBEDDED)
  })

  it('is nothing without a figure, and nothing where no CloudWatch reads', () => {
    expect(embed({})).toEqual({})
    expect(embeddedMetrics(undefined, 'github', () => NOW_MILLIS)({ Received: 1 })).toEqual({})
    expect(embeddedMetrics('prod', undefined, () => NOW_MILLIS)({ Received: 1 })).toEqual({})
  })
})

describe('the log', () => {
  const written = (lowest: string | undefined) => {
    const lines: unknown[] = []
    const log = jsonLog(lowest, (line) => lines.push(JSON.parse(line)), embed)
    log('info', 'swept', { requestId: 'r-1' }, { Exported: 0, OutboxAgeSeconds: 61 })
    log('info', 'started', {})
    return lines
  }

  it('writes message, fields and metrics in one line', () => {
    expect(written(undefined)).toEqual([
      { level: 'info', message: 'swept', requestId: 'r-1', ...EMBEDDED },
      { level: 'info', message: 'started' },
    ])
  })

  it('keeps the metrics of lines that LOG_LEVEL leaves out, but for silent', () => {
    expect(written('error')).toEqual([EMBEDDED])
    expect(written('silent')).toEqual([])
  })
})
