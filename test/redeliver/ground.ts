import { dynamoDbRedelivered } from '../../lib/dynamodb/redelivered.ts'
import { githubDeliveries } from '../../lib/github-api/deliveries.ts'
import type { Hook } from '../../lib/redeliver/ports.ts'
import { type RedeliverDependencies, redeliver } from '../../lib/redeliver/redeliver.ts'
import { TOKEN } from '../support/github-server.ts'
import { openTestTable } from '../support/test-table.ts'
import { openGithub } from './fake-github.ts'

export const START = 1_790_000_000_000
export const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
export const SHOP: Hook = { kind: 'repository', owner: 'acme', repository: 'shop', id: '123' }
export const ACME: Hook = { kind: 'organization', organization: 'acme', id: '45' }
export const [SHOP_PATH, ACME_PATH] = ['/repos/acme/shop/hooks/123', '/orgs/acme/hooks/45'] as const
export const report = { hook: 'acme/shop#123', listed: 0, redelivered: 0, rejected: 0, waiting: 0 }
export const POST = (id: string): string => `POST ${SHOP_PATH}/deliveries/${id}/attempts`
export const GET = `GET ${SHOP_PATH}/deliveries`

/** A table and GitHub's hooks. */
export const openGround = async () => {
  const [table, github] = await Promise.all([openTestTable(), openGithub()])
  const clock: { nowMillis: number; readonly pauses: number[] } = { nowMillis: START, pauses: [] }
  github.state.nowMillis = START
  const now = () => clock.nowMillis
  const dependencies = (more: Partial<RedeliverDependencies> = {}): RedeliverDependencies => ({
    hooks: [SHOP],
    api: githubDeliveries({ baseUrl: github.url, token: TOKEN, now, timeoutMillis: 5000 }),
    redelivered: dynamoDbRedelivered({ client: table.client, tableName: table.tableName, now }),
    keptMillis: 3 * DAY,
    now,
    pause: async (millis) => {
      await Promise.resolve()
      clock.pauses.push(millis)
      clock.nowMillis += millis
    },
    deadlineMillis: clock.nowMillis + 52_000,
    ...more,
  })
  return {
    github,
    clock,
    dependencies,
    run: (more: Partial<RedeliverDependencies> = {}) => redeliver(dependencies(more)),
    wait: (millis: number) => {
      clock.nowMillis += millis
      github.state.nowMillis = clock.nowMillis
    },
    /** A webhook first delivered so many minutes before the start. */
    fail: (guid: string, minutes: number, status = 503, path: string = SHOP_PATH) =>
      github.add(path, guid, status, START - minutes * MINUTE),
    close: () => Promise.all([table.close(), github.close()]),
  }
}
export type Ground = Awaited<ReturnType<typeof openGround>>
