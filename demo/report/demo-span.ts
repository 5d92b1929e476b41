import type { Warehouse } from '../../explorer/warehouse/warehouse.ts'

/** A finished span as the demo tells of it; times in epoch milliseconds. */
export interface DemoSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly operation: string
  readonly title: string
  readonly startMillis: number
  readonly endMillis: number
  readonly isError: boolean
  readonly result: string
  readonly activityKey: string
  readonly episode: number
  /** Whether it came over OTLP. */
  readonly isReceived: boolean
  readonly deployType?: string
  readonly environment?: string
}

/** The finished spans of ValueStream in the warehouse. */
export const readDemoSpans = async (warehouse: Warehouse): Promise<readonly DemoSpan[]> => {
  const rows = await warehouse.query(
    `SELECT trace_id, span_id, parent_span_id, operation, title, epoch_ms(start_time) AS start_ms, epoch_ms(end_time) AS end_ms,
       is_error, result, activity_key, episode, is_received, attributes['build.parameter.deploy_type'] AS deploy_type,
       attributes['deployment.environment.name'] AS environment
     FROM spans WHERE activity_key IS NOT NULL AND end_time IS NOT NULL`,
  )
  return rows.map((row) => ({
    traceId: String(row.trace_id),
    spanId: String(row.span_id),
    ...(row.parent_span_id === null ? {} : { parentSpanId: String(row.parent_span_id) }),
    operation: String(row.operation),
    title: String(row.title),
    startMillis: Number(row.start_ms),
    endMillis: Number(row.end_ms),
    isError: row.is_error === true,
    result: String(row.result),
    activityKey: String(row.activity_key),
    episode: Number(row.episode),
    isReceived: row.is_received === true,
    ...(row.deploy_type === null ? {} : { deployType: String(row.deploy_type) }),
    ...(row.environment === null ? {} : { environment: String(row.environment) }),
  }))
}
