import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { randomOf } from '../demo/history/random.ts'
import type { Context } from '../lib/delivery/context.ts'
import { contextIn } from '../lib/dynamodb/codec.ts'
import { dynamoDbStore } from '../lib/dynamodb/store.ts'
import { wireClient } from '../lib/dynamodb/wire-client.ts'
import { otlpExporter } from '../lib/otlp/exporter.ts'
import type { OtlpOptions } from '../lib/otlp/options.ts'
import { postExporter } from '../lib/otlp/post-exporter.ts'
import type { ContextStore, SpanExporter } from '../lib/record/ports.ts'
import { openDynamoDb } from '../local/dynamodb.ts'
import { ensureTable, LOCAL_CREDENTIALS, LOCAL_REGION } from '../local/table.ts'
import { readTableDefinition } from '../local/table-definition.ts'
import { type Backend, openBackend } from './backend.ts'

const TABLE = 'chaos'

/** What there is without faults: the table, its clock, and the way to the backend. */
export interface Ground {
  readonly store: ContextStore
  /** What the webhooks' functions export with, and what the sweep does. */
  readonly exporter: SpanExporter
  readonly sweepExporter: SpanExporter
  readonly backend: Backend
  readonly clock: { nowMillis: number }
  /** Spans that were sent by an invocation that something has befallen since. */
  readonly disturbed: Set<string>
  readonly contexts: () => Promise<readonly Context[]>
}

/** One in so many spans is refused by the backend for good. */
const isRefused = (spanId: string): boolean => Number.parseInt(spanId.slice(0, 4), 16) % 40 === 0

const awsEnvironment = (endpoint: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_REGION: LOCAL_REGION,
  AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
})

/** A table and a backend of their own, real ones, on loopback. */
export const openGround = async (seed: number): Promise<Ground & { readonly close: () => Promise<void> }> => {
  const home = mkdtempSync(join(tmpdir(), 'valuestream-chaos-'))
  const [database, backend] = await Promise.all([
    openDynamoDb(home, (cause) => {
      throw cause
    }),
    openBackend(randomOf(seed), isRefused),
  ])
  await ensureTable({ endpoint: database.endpoint, name: TABLE }, readTableDefinition('infra/table.yml'))
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: database.endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS }),
    { marshallOptions: { removeUndefinedValues: true } },
  )
  const exporting: OtlpOptions = { url: backend.url, headers: {}, timeoutMillis: 1500, compression: 'none' }
  const clock = { nowMillis: Date.now() }
  return {
    store: dynamoDbStore({
      client: wireClient(awsEnvironment(database.endpoint)),
      tableName: TABLE,
      now: () => clock.nowMillis,
      ttlSeconds: 86_400,
    }),
    exporter: postExporter(exporting),
    sweepExporter: otlpExporter(exporting),
    backend,
    clock,
    disturbed: new Set(),
    contexts: async () => {
      const contexts: Context[] = []
      for await (const { Items = [] } of paginateScan({ client }, { TableName: TABLE, ConsistentRead: true })) {
        contexts.push(...Items.flatMap((item) => contextIn(item) ?? []))
      }
      return contexts
    },
    close: async () => {
      client.destroy()
      await Promise.all([database.close(), backend.close()])
      rmSync(home, { recursive: true, force: true })
    },
  }
}
