import { sweepHandler } from '../../lib/lambda/sweep-handler.ts'
import { otlpExporter } from '../../lib/otlp/exporter.ts'
import { readSettings } from '../../lib/settings/settings.ts'
import { exporters, log, now, once, pause, secrets, stores } from '../parts.ts'

const parts = once(() => ({
  readSecrets: secrets(),
  exporterWith: exporters(otlpExporter),
  store: stores(readSettings(process.env).tableName).storeWith(),
}))

export const handler = sweepHandler(async () => {
  const { readSecrets, exporterWith, store: contexts } = parts()
  const values = await readSecrets(['OTEL_EXPORTER_OTLP_HEADERS'])
  return {
    store: contexts,
    exporter: exporterWith(values.get('OTEL_EXPORTER_OTLP_HEADERS')),
    pause,
    now,
    random: Math.random,
  }
}, log())
