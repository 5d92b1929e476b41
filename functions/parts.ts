import { setTimeout as sleep } from 'node:timers/promises'
import { dynamoDbStore } from '../lib/dynamodb/store.ts'
import { TTL_SECONDS } from '../lib/dynamodb/ttl.ts'
import { wireClient } from '../lib/dynamodb/wire-client.ts'
import { jsonLog, type Log } from '../lib/lambda/log.ts'
import { embeddedMetrics } from '../lib/lambda/metrics.ts'
import type { OtlpOptions } from '../lib/otlp/options.ts'
import type { ContextStore, SpanExporter } from '../lib/record/ports.ts'
import { ssmParameters } from '../lib/settings/parameter-store.ts'
import { type SecretReader, secretReader } from '../lib/settings/secrets.ts'
import { readExportSettings, SettingError } from '../lib/settings/settings.ts'

export const now = (): number => Date.now()

export const log = (): Log => {
  const { LOG_LEVEL, STAGE, AWS_LAMBDA_FUNCTION_NAME } = process.env
  const embed = embeddedMetrics(STAGE, AWS_LAMBDA_FUNCTION_NAME, now)
  return jsonLog(LOG_LEVEL, (line) => process.stdout.write(`${line}\n`), embed)
}

export const secrets = (): SecretReader => secretReader(process.env, ssmParameters(process.env), now)

/** Stores of the same connections, each with its own time. */
export const stores = (tableName: string) => {
  const client = wireClient(process.env)
  const table = { client, tableName, now, ttlSeconds: TTL_SECONDS }
  const storeWith = (leftMillis?: () => number): ContextStore =>
    dynamoDbStore(leftMillis === undefined ? table : { ...table, leftMillis })
  return { storeWith, warm: client.warm }
}

/** While Lambda starts a function, the whole processor is the function's; in an event only the share that goes with its memory. */
export const isStartedByLambda = (): boolean => process.env.AWS_LAMBDA_INITIALIZATION_TYPE !== undefined

/** The exporter for the headers at hand; made again only when a rotated token has changed them. */
export const exporters = (make: MakeExporter): ((headers: string | undefined) => SpanExporter) =>
  latest((headers) => exporterFor(make, headers))

type MakeExporter = (options: OtlpOptions) => SpanExporter

/** A backend that is set up wrong is no reason to lose a webhook: its spans wait in the outbox for the setting. */
const exporterFor = (make: MakeExporter, headers: string | undefined): SpanExporter => {
  try {
    return make(readExportSettings(process.env, headers))
  } catch (error) {
    if (!(error instanceof SettingError)) throw error
    const { message } = error
    return { export: async () => Promise.resolve({ kind: 'retryable', message }) }
  }
}

/** Full jitter up to a bound that doubles, from 5 to 200 milliseconds. */
export const pause = async (attempt: number): Promise<void> => {
  await sleep(Math.random() * Math.min(200, 5 * 2 ** attempt))
}

/** Settings are read at the first event, so that a wrong one is told by an answer and not by a crash. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const latest = <A, T>(make: (from: A) => T): ((from: A) => T) => {
  let made: { from: A; value: T } | undefined
  return (from) => {
    if (made === undefined || made.from !== from) made = { from, value: make(from) }
    return made.value
  }
}
