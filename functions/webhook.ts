import type { Source } from '../lib/delivery/source.ts'
import { type WebhookHandler, webhookHandler } from '../lib/lambda/webhook-handler.ts'
import type { ReceiveDependencies } from '../lib/record/receive.ts'
import { jobRepositories } from '../lib/settings/job-repositories.ts'
import { readSettings, type SecretSetting, secretList } from '../lib/settings/settings.ts'
import { exporters, log, once, pause, secrets, store } from './parts.ts'

/** Joins the parts of a function that receives one source's webhooks. */
export const webhook = (source: Source, secretSetting: SecretSetting): WebhookHandler =>
  webhookHandler(prepared(source, secretSetting), log())

/** What one source's reports are received with, whichever way they come. */
export const prepared = (source: Source, secretSetting: SecretSetting): (() => Promise<ReceiveDependencies>) => {
  const parts = once(() => joinParts(source, secretSetting))
  return () => parts().prepare()
}

const joinParts = (source: Source, secretSetting: SecretSetting) => {
  const { githubHost, tableName } = readSettings(process.env)
  const repositoryOfJob = jobRepositories(process.env.JENKINS_JOB_REPOSITORIES, githubHost)
  const [readSecrets, exporterWith, contexts] = [secrets(), exporters(), store(tableName)]
  const prepare = async () => {
    const values = await readSecrets([secretSetting, 'OTEL_EXPORTER_OTLP_HEADERS'])
    return {
      source,
      secrets: secretList(values.get(secretSetting)),
      secretSetting,
      installation: { githubHost, repositoryOfJob },
      store: contexts,
      exporter: exporterWith(values.get('OTEL_EXPORTER_OTLP_HEADERS')),
      pause,
    }
  }
  return { prepare }
}
