import { setTimeout as sleep } from 'node:timers/promises'
import { dynamoDbCommented } from '../../lib/dynamodb/commented.ts'
import { dynamoDbFeed } from '../../lib/dynamodb/feed.ts'
import { wireClient } from '../../lib/dynamodb/wire-client.ts'
import { apiOf } from '../../lib/github-api/address.ts'
import { githubComments } from '../../lib/github-api/comments.ts'
import { commentHandler } from '../../lib/lambda/comment-handler.ts'
import { readGithubApiUrl, readSettings } from '../../lib/settings/settings.ts'
import { readTraceUrl } from '../../lib/settings/trace-url.ts'
import { log, now, once, secrets } from '../parts.ts'

/** Short enough for the three requests of one comment when the time is nearly over. */
const REQUEST_TIMEOUT_MILLIS = 5_000

const parts = once(() => {
  const { tableName, githubHost } = readSettings(process.env)
  const table = { client: wireClient(process.env), tableName }
  return {
    githubHost,
    baseUrl: readGithubApiUrl(process.env) ?? apiOf(githubHost).baseUrl,
    traceUrl: readTraceUrl(process.env),
    feed: dynamoDbFeed(table),
    commented: dynamoDbCommented({ ...table, now }),
  }
})
const readSecrets = once(secrets)

/** Nothing is read, not even the token, where it is switched off. */
export const handler = commentHandler(async () => {
  if (process.env.TRACE_COMMENTS !== 'on') return undefined
  const token = (await readSecrets()(['GITHUB_TOKEN'])).get('GITHUB_TOKEN')
  if (token === undefined) return undefined
  const { baseUrl, ...rest } = parts()
  return {
    ...rest,
    comments: githubComments({ baseUrl, token, now, timeoutMillis: REQUEST_TIMEOUT_MILLIS }),
    now,
    pause: async (millis) => sleep(millis),
  }
}, log())
