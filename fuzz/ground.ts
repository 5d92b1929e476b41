import type { APIGatewayProxyEventV2, SQSEvent, SQSRecord } from 'aws-lambda'
import type { Context } from '../lib/delivery/context.ts'
import type { Source } from '../lib/delivery/source.ts'
import { events } from '../lib/events/source.ts'
import { github } from '../lib/github/source.ts'
import { jenkins } from '../lib/jenkins/source.ts'
import { jsonLog } from '../lib/lambda/log.ts'
import { queueHandler } from '../lib/lambda/queue-handler.ts'
import { webhookHandler } from '../lib/lambda/webhook-handler.ts'
import { memoryStore } from '../test/support/memory-store.ts'
import { SECRETS } from './canary.ts'
import type { Door } from './corpus.ts'
import { asStrictAsDynamoDb } from './strict-store.ts'

/** What came back: of the queue 200 for a message that is done with, and 503 for one that comes again. */
export interface Response {
  readonly status: number
  readonly body: string
}

/** The real handlers over an empty table of their own. */
export interface Ground {
  readonly send: (event: APIGatewayProxyEventV2) => Promise<Response>
  readonly lines: readonly string[]
  readonly contexts: ReadonlyMap<string, Context>
  /** How often the table was written to. */
  readonly writes: () => number
  readonly spans: () => number
}

const SOURCES: Readonly<Record<Door, Source>> = { github, jenkins, events, queue: jenkins }

export const openGround = (door: Door): Ground => {
  const lines: string[] = []
  const memory = memoryStore()
  const { store, writes } = asStrictAsDynamoDb(memory)
  let spans = 0
  const dependencies = {
    source: SOURCES[door],
    secrets: door === 'queue' ? [] : SECRETS[door],
    secretSetting: `${door.toUpperCase()}_SECRET`,
    installation: { githubHost: 'github.com', repositoryOfJob: () => undefined },
    store,
    exporter: {
      export: async (completed: readonly unknown[]) => {
        spans += completed.length
        return Promise.resolve({ kind: 'accepted' } as const)
      },
    },
    pause: async () => Promise.resolve(),
  }
  const prepare = async () => Promise.resolve(dependencies)
  const log = jsonLog(undefined, (line) => lines.push(line))
  const [webhook, queue] = [webhookHandler(prepare, log), queueHandler(prepare, log)]
  return {
    lines,
    contexts: memory.contexts,
    writes,
    spans: () => spans,
    send: async (event) => {
      if (door !== 'queue') {
        const { statusCode = 0, body = '' } = await webhook(event, { awsRequestId: 'fuzz' })
        return { status: statusCode, body }
      }
      const { batchItemFailures } = await queue(messageOf(event.body ?? ''), { awsRequestId: 'fuzz' })
      return { status: batchItemFailures.length === 0 ? 200 : 503, body: '{}' }
    },
  }
}

const messageOf = (body: string): SQSEvent => ({
  Records: [{ messageId: 'fuzz', body, attributes: { ApproximateReceiveCount: '1' } } as SQSRecord],
})
