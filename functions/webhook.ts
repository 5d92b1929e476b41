import type { Source } from '../lib/delivery/source.ts'
import { type WebhookHandler, webhookHandler } from '../lib/lambda/webhook-handler.ts'
import { postExporter } from '../lib/otlp/post-exporter.ts'
import type { SpanExporter } from '../lib/record/ports.ts'
import type { ReceiveDependencies } from '../lib/record/receive.ts'
import { jobRepositories } from '../lib/settings/job-repositories.ts'
import { readSettings, type SecretSetting, secretList } from '../lib/settings/settings.ts'
import { exporters, isStartedByLambda, log, now, once, pause, secrets, stores } from './parts.ts'

/** How long an answer may take: GitHub gives up after ten seconds, and the answer has its own way. */
const ANSWER_MILLIS = 9_000
/** What of it is kept from the export, for writing down that the backend has taken the spans. */
const SETTLE_MILLIS = 1_500

/** Joins the parts of a function that receives one source's webhooks. */
export const webhook = (source: Source, secretSetting: SecretSetting, answerMillis?: number): WebhookHandler =>
  webhookHandler(prepared(source, secretSetting, answerMillis), log())

/**
 * What one source's reports are received with, whichever way they come. Secrets, table and backend together have
 * `answerMillis`; then the table is given up, which the sender is told, or the export, which the sweep makes up for.
 */
export const prepared = (
  source: Source,
  secretSetting: SecretSetting,
  answerMillis = ANSWER_MILLIS,
): (() => Promise<ReceiveDependencies>) => {
  const parts = once(() => joinParts(source, secretSetting, answerMillis))
  if (isStartedByLambda()) begin(parts)
  return () => parts().prepare()
}

/** What every event needs and takes its time; a setting that is wrong is told by the answer to an event. */
const begin = (parts: () => { readonly warm: () => void }): void => {
  try {
    parts().warm()
  } catch {}
}

const exportingUntil = (exporter: SpanExporter, atMillis: number): SpanExporter => ({
  export: (spans) => exporter.export(spans, atMillis - now()),
})

const joinParts = (source: Source, secretSetting: SecretSetting, answerMillis: number) => {
  const { githubHost, tableName } = readSettings(process.env)
  const repositoryOfJob = jobRepositories(process.env.JENKINS_JOB_REPOSITORIES, githubHost)
  const [readSecrets, exporterWith] = [secrets(), exporters(postExporter)]
  const { storeWith, warm } = stores(tableName)
  const needed = [secretSetting, 'OTEL_EXPORTER_OTLP_HEADERS'] as const
  const prepare = async () => {
    const deadlineMillis = now() + answerMillis
    const leftMillis = () => deadlineMillis - now()
    const values = await readSecrets(needed, leftMillis)
    const exporter = exporterWith(values.get('OTEL_EXPORTER_OTLP_HEADERS'))
    return {
      source,
      secrets: secretList(values.get(secretSetting)),
      secretSetting,
      installation: { githubHost, repositoryOfJob },
      store: storeWith(leftMillis),
      exporter: exportingUntil(exporter, deadlineMillis - SETTLE_MILLIS),
      pause,
    }
  }
  return {
    prepare,
    warm: () => {
      warm()
      // The first event asks for them again, and tells what is wrong.
      readSecrets(needed).catch(() => undefined)
    },
  }
}
