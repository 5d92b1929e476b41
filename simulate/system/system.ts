import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { github } from '../../lib/github/source.ts'
import { jenkins } from '../../lib/jenkins/source.ts'
import { openDynamoDb } from '../../local/dynamodb.ts'
import { ensureTable, LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/table.ts'
import { readTableDefinition } from '../../local/table-definition.ts'
import type { Exported } from '../compare.ts'
import { openReceiver } from './receiver.ts'
import { GITHUB_SECRET, JENKINS_TOKEN } from './request.ts'

export type Handler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>

/** The deployed functions, called as Lambda calls them, with an embedded table and a receiver of their spans. */
export interface System {
  readonly github: Handler
  readonly jenkins: Handler
  /** Sends what was held in hope of a surer report, which by now has come or never will. */
  readonly sweep: () => Promise<void>
  readonly takeExported: () => readonly Exported[]
  readonly close: () => Promise<void>
}

const TABLE = 'simulation'
/** No export may fail for want of a processor: what waits in the outbox would be taken for lost, and go out twice. */
const EXPORT_TIMEOUT_MILLIS = 60_000
const ANSWER_MILLIS = 120_000

const SWEEP_MILLIS = 15 * 60_000
/** Longer than a span is held. */
const LATER_MILLIS = 10 * 60_000

/** Has the functions believe that it is later than it is. */
const later = async (work: () => Promise<void>): Promise<void> => {
  const now = Date.now
  Date.now = () => now() + LATER_MILLIS
  try {
    await work()
  } finally {
    Date.now = now
  }
}

/** One in a process: the functions read their settings once. */
export const openSystem = async (): Promise<System> => {
  const home = mkdtempSync(join(tmpdir(), 'valuestream-simulation-'))
  const [database, receiver] = await Promise.all([openDynamoDb(home, crash), openReceiver()])
  await ensureTable({ endpoint: database.endpoint, name: TABLE }, readTableDefinition('infra/table.yml'))
  Object.assign(process.env, {
    LOG_LEVEL: 'silent',
    GITHUB_WEBHOOK_SECRET: GITHUB_SECRET,
    JENKINS_WEBHOOK_TOKEN: JENKINS_TOKEN,
    TABLE_NAME: TABLE,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/v1/traces`,
    OTEL_EXPORTER_OTLP_TIMEOUT: String(EXPORT_TIMEOUT_MILLIS),
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  })
  // Not before the settings: the log's level is read when a function is loaded.
  const [{ webhook }, sweep] = await Promise.all([
    import('../../functions/webhook.ts'),
    import('../../functions/sweep/handler.ts'),
  ])
  return {
    github: webhook(github, 'GITHUB_WEBHOOK_SECRET', ANSWER_MILLIS),
    jenkins: webhook(jenkins, 'JENKINS_WEBHOOK_TOKEN', ANSWER_MILLIS),
    sweep: () =>
      later(
        async () =>
          void (await sweep.handler({}, { getRemainingTimeInMillis: () => SWEEP_MILLIS, awsRequestId: 'simulate' })),
      ),
    takeExported: receiver.take,
    close: async () => {
      await Promise.all([database.close(), receiver.close()])
      rmSync(home, { recursive: true, force: true })
    },
  }
}

const crash = (cause: unknown): never => {
  console.error('The embedded database has failed.', cause)
  process.exit(1)
}
