import { setTimeout as sleep } from 'node:timers/promises'
import type { Source } from '../lib/delivery/source.ts'
import { dynamoDbClient } from '../lib/dynamodb/client.ts'
import { dynamoDbStore } from '../lib/dynamodb/store.ts'
import { jsonLog } from '../lib/lambda/log.ts'
import { type WebhookHandler, webhookHandler } from '../lib/lambda/webhook-handler.ts'
import { otlpExporter } from '../lib/otlp/exporter.ts'
import type { SpanExporter } from '../lib/record/ports.ts'
import { jobRepositories } from '../lib/settings/job-repositories.ts'
import { ssmParameters } from '../lib/settings/parameter-store.ts'
import { secretReader } from '../lib/settings/secrets.ts'
import {
  readExportSettings,
  readSettings,
  type SecretSetting,
  SettingError,
  secretList,
} from '../lib/settings/settings.ts'

/** Contexts outlive their spans, so that late children still find their parents. */
const TTL_SECONDS = 400 * 24 * 3600

/** Joins the parts of a function that receives one source's webhooks. Settings are read at the first event. */
export const webhook = (source: Source, secretSetting: SecretSetting): WebhookHandler => {
  const log = jsonLog(process.env.LOG_LEVEL, (line) => process.stdout.write(`${line}\n`))
  const parts = once(() => joinParts(source, secretSetting))
  return webhookHandler(() => parts().prepare(), log)
}

const joinParts = (source: Source, secretSetting: SecretSetting) => {
  const settings = readSettings(process.env)
  const repositoryOfJob = jobRepositories(process.env.JENKINS_JOB_REPOSITORIES, settings.githubHost)
  const now = () => Date.now()
  const secrets = secretReader(process.env, ssmParameters, now)
  const store = dynamoDbStore({
    client: dynamoDbClient(),
    tableName: settings.tableName,
    now,
    ttlSeconds: TTL_SECONDS,
  })
  const exporterWith = latest((headers: string | undefined) => exporterFor(headers))
  const prepare = async () => {
    const values = await secrets([secretSetting, 'OTEL_EXPORTER_OTLP_HEADERS'])
    return {
      source,
      secrets: secretList(values.get(secretSetting)),
      secretSetting,
      installation: { githubHost: settings.githubHost, repositoryOfJob },
      store,
      exporter: exporterWith(values.get('OTEL_EXPORTER_OTLP_HEADERS')),
      pause,
    }
  }
  return { prepare }
}

/** A backend that is set up wrong is no reason to lose a webhook: its spans wait in the outbox for the setting. */
const exporterFor = (headers: string | undefined): SpanExporter => {
  try {
    return otlpExporter(readExportSettings(process.env, headers))
  } catch (error) {
    if (!(error instanceof SettingError)) throw error
    const { message } = error
    return { export: async () => Promise.resolve({ kind: 'retryable', message }) }
  }
}

/** Full jitter up to a bound that doubles, from 5 to 200 milliseconds. */
const pause = async (attempt: number): Promise<void> => {
  await sleep(Math.random() * Math.min(200, 5 * 2 ** attempt))
}

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Makes a thing again only when what it is made from has changed. */
const latest = <A, T>(make: (from: A) => T): ((from: A) => T) => {
  let made: { from: A; value: T } | undefined
  return (from) => {
    if (made === undefined || made.from !== from) made = { from, value: make(from) }
    return made.value
  }
}
