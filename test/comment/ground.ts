import { type CommentDependencies, type CommentReport, comment } from '../../lib/comment/comment.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { dynamoDbCommented } from '../../lib/dynamodb/commented.ts'
import { dynamoDbFeed } from '../../lib/dynamodb/feed.ts'
import { dynamoDbStore } from '../../lib/dynamodb/store.ts'
import { githubComments } from '../../lib/github-api/comments.ts'
import type { ExportOutcome } from '../../lib/record/ports.ts'
import { record } from '../../lib/record/record.ts'
import { CLOSED_MILLIS } from '../support/events.ts'
import { TOKEN } from '../support/github-server.ts'
import { openTestTable } from '../support/test-table.ts'
import { openThreads } from './fake-threads.ts'

export const MINUTE = 60_000
export const THREAD = 'shop/issues/12'
export const [LIST, POST] = [`GET /repos/acme/${THREAD}/comments`, `POST /repos/acme/${THREAD}/comments`] as const
export const NOTHING: CommentReport = { posted: 0, changed: 0, denied: 0, isWhole: true }

/** A table and GitHub's threads, five minutes after a first run has remembered where to begin. */
export const openGround = async () => {
  const [table, threads] = await Promise.all([openTestTable(), openThreads()])
  const clock: { nowMillis: number; readonly pauses: number[] } = { nowMillis: CLOSED_MILLIS, pauses: [] }
  const now = () => clock.nowMillis
  const dependencies = (more: Partial<CommentDependencies> = {}, token = TOKEN): CommentDependencies => ({
    feed: dynamoDbFeed(table),
    comments: githubComments({ baseUrl: threads.url, token, now, timeoutMillis: 5000 }),
    commented: dynamoDbCommented({ client: table.client, tableName: table.tableName, now }),
    githubHost: 'github.com',
    traceUrl: 'https://jaeger.example.com/trace/{traceId}',
    now,
    pause: async (millis) => {
      await Promise.resolve()
      clock.pauses.push(millis)
    },
    deadlineMillis: clock.nowMillis + 52_000,
    ...more,
  })
  const run = (more: Partial<CommentDependencies> = {}) => comment(dependencies(more))
  await run()
  clock.nowMillis += 5 * MINUTE
  return {
    threads,
    clock,
    dependencies,
    run,
    /** What a webhook reports, and what the backend says to the span. */
    tell: async (event: DeliveryEvent, outcome: ExportOutcome = { kind: 'accepted' }) => {
      const store = dynamoDbStore({ client: table.client, tableName: table.tableName, now, ttlSeconds: 3600 })
      await record([event], { store, exporter: { export: () => Promise.resolve(outcome) }, pause: async () => {} })
    },
    close: () => Promise.all([table.close(), threads.close()]),
  }
}
export type Ground = Awaited<ReturnType<typeof openGround>>
