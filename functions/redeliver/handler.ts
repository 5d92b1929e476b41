import { setTimeout as sleep } from 'node:timers/promises'

import { dynamoDbRedelivered } from '../../lib/dynamodb/redelivered.ts'
import { wireClient } from '../../lib/dynamodb/wire-client.ts'
import { apiOf } from '../../lib/github-api/address.ts'
import { githubDeliveries } from '../../lib/github-api/deliveries.ts'
import { redeliverHandler } from '../../lib/lambda/redeliver-handler.ts'
import { githubHooks } from '../../lib/settings/github-hooks.ts'
import { readGithubApiUrl, readSettings } from '../../lib/settings/settings.ts'
import { log, now, once, secrets } from '../parts.ts'

/** Short enough for one more request when the time is nearly over. */
const REQUEST_TIMEOUT_MILLIS = 10_000

const parts = once(() => {
  const { tableName, githubHost } = readSettings(process.env)
  const { baseUrl, keptMillis } = apiOf(githubHost)
  return {
    keptMillis,
    baseUrl: readGithubApiUrl(process.env) ?? baseUrl,
    redelivered: dynamoDbRedelivered({ client: wireClient(process.env), tableName, now }),
  }
})
const readSecrets = once(secrets)

/** Nothing is read, not even the token, where there is no hook. */
export const handler = redeliverHandler(async () => {
  const hooks = githubHooks(process.env.GITHUB_HOOKS)
  const token = hooks.length === 0 ? undefined : (await readSecrets()(['GITHUB_TOKEN'])).get('GITHUB_TOKEN')
  if (token === undefined) return undefined
  const { keptMillis, baseUrl, redelivered } = parts()
  return {
    hooks,
    api: githubDeliveries({ baseUrl, token, now, timeoutMillis: REQUEST_TIMEOUT_MILLIS }),
    redelivered,
    keptMillis,
    now,
    pause: async (millis) => sleep(millis),
  }
}, log())
