import { createServer, type Server } from 'node:http'
import { StoreUnavailable } from '../../lib/record/ports.ts'
import type { ReceiveDependencies } from '../../lib/record/receive.ts'
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/table.ts'
import { closed, ISSUE_12 } from '../support/events.ts'
import { listening } from '../support/listening.ts'
import { openTestTable, type TestTable } from '../support/test-table.ts'

/** Takes every request and never answers. */
const silent: Server = createServer(() => undefined)
let table: TestTable
let silentUrl: string
/** A function's parts with 400 milliseconds for an answer; its settings are those of the moment. */
let prepare: (endpoint: string) => Promise<ReceiveDependencies>

beforeAll(async () => {
  silentUrl = await listening(silent)
  table = await openTestTable()
  Object.assign(process.env, {
    LOG_LEVEL: 'silent',
    GITHUB_WEBHOOK_SECRET: 'hush',
    TABLE_NAME: table.tableName,
    OTEL_EXPORTER_OTLP_ENDPOINT: silentUrl,
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  })
  const { prepared } = await import('../../functions/webhook.ts')
  const { github } = await import('../../lib/github/source.ts')
  prepare = (endpoint) => {
    process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint
    return prepared(github, 'GITHUB_WEBHOOK_SECRET', 400)()
  }
})
afterAll(async () => {
  silent.closeAllConnections()
  silent.close()
  await table.close()
})

it('gives up a table that does not answer, in one sentence, while the sender still waits', async () => {
  const { store } = await prepare(silentUrl)
  const read = store.read(ISSUE_12, [])
  await expect(read).rejects.toThrow(StoreUnavailable)
  await expect(read).rejects.toThrow('DynamoDB table contexts: not within the time that there is')
  await expect(store.read(ISSUE_12, [])).rejects.toThrow(StoreUnavailable)
})

it('leaves the export to the sweep where no time is left for it', async () => {
  const { exporter, store } = await prepare(table.endpoint)
  expect((await store.read(ISSUE_12, [])).context).toBeUndefined()
  expect(await exporter.export([])).toEqual({ kind: 'retryable', message: 'no time was left for the export' })
})

it('records in spite of a backend that does not answer', async () => {
  const { record } = await import('../../lib/record/record.ts')
  const recorded = await record([closed], await prepare(table.endpoint))
  expect(recorded.exported).toEqual({ kind: 'retryable', message: 'no time was left for the export' })
  expect(recorded.contexts.map(({ key, emissions }) => [key, emissions.map(({ state }) => state)])).toEqual([
    [ISSUE_12, ['pending']],
  ])
})
