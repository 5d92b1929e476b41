import type { Swept } from '../../lib/record/sweep.ts'
import { gateway } from '../../local/gateway.ts'
import { loadHandlers } from '../../local/handlers.ts'
import { readRoutes } from '../../local/routes.ts'
import { listen } from '../../local/server.ts'
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/table.ts'
import { underWay } from '../../local/under-way.ts'
import { signedHeaders } from '../payloads/events.ts'
import { sign } from '../payloads/github.ts'
import { openOtlpBackend } from './otlp-backend.ts'
import { openTestTable } from './test-table.ts'

export const GITHUB_SECRET = 'github-secret'
export const JENKINS_TOKEN = 'jenkins-token'
export const EVENTS_SECRET = `whsec_${Buffer.from('the secret of the events of tests').toString('base64')}`

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * The deployed functions behind a local API Gateway, with an embedded DynamoDB and a real OTLP backend. One in a test
 * file: the functions read their settings once.
 */
export const openSystem = async (settings: Readonly<Record<string, string>> = {}) => {
  const [table, backend] = await Promise.all([openTestTable(), openOtlpBackend()])
  Object.assign(process.env, {
    LOG_LEVEL: 'silent',
    GITHUB_WEBHOOK_SECRET: `rotated-in,${GITHUB_SECRET}`,
    JENKINS_WEBHOOK_TOKEN: `${JENKINS_TOKEN},rotated-out`,
    EVENTS_WEBHOOK_SECRET: `${EVENTS_SECRET},whsec_cm90YXRlZCBvdXQ=`,
    TABLE_NAME: table.tableName,
    OTEL_EXPORTER_OTLP_ENDPOINT: backend.url,
    OTEL_EXPORTER_OTLP_TIMEOUT: '2000',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    ...settings,
  })
  const root = process.cwd()
  const routes = await loadHandlers(root, readRoutes('functions'), (file) => import(file))
  const app = gateway(routes, underWay())
  const server = await listen(app.fetch, 0)
  const url = `http://127.0.0.1:${server.port}`

  const post = async (path: string, body: string | Uint8Array, headers: Record<string, string>): Promise<Answered> => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body, headers })
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answered['body'] }
  }
  const { handler: sweep } = (await import('../../functions/sweep/handler.ts')) as {
    handler: (event: object, context: { getRemainingTimeInMillis: () => number }) => Promise<Swept>
  }
  const system = {
    /** The scheduled function, with half a minute of time, so many minutes from now. */
    sweep: async (afterMinutes: number): Promise<Swept> => {
      const clock = jest.spyOn(Date, 'now')
      const realNow = performance.timeOrigin
      clock.mockImplementation(() => Math.floor(realNow + performance.now() + afterMinutes * 60_000))
      try {
        return await sweep({}, { getRemainingTimeInMillis: () => 30_000 })
      } finally {
        clock.mockRestore()
      }
    },
    url,
    table,
    backend,
    post,
    github: (event: string, payload: unknown, secret = GITHUB_SECRET) => {
      const body = JSON.stringify(payload)
      return post('/github', body, {
        'content-type': 'application/json',
        'x-github-event': event,
        'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        'x-hub-signature-256': sign(body, secret),
      })
    },
    jenkins: (payload: unknown, path = `/jenkins?token=${JENKINS_TOKEN}`) =>
      post(path, JSON.stringify(payload), { 'content-type': 'application/json' }),
    events: (payload: unknown, secret = EVENTS_SECRET) => {
      const body = JSON.stringify(payload)
      return post('/events', body, { 'content-type': 'application/json', ...signedHeaders(body, secret) })
    },
    close: async () => {
      await server.close()
      await Promise.all([system.table.close(), backend.close()])
    },
  }
  return system
}
export type System = Awaited<ReturnType<typeof openSystem>>

/** The one activity of an answer that says that it was recorded. */
export const activityOf = ({ status, body }: Answered): Readonly<Record<string, string>> => {
  const [activity] = (body.activities ?? []) as Record<string, string>[]
  if (status !== 202 || activity === undefined) throw new Error(`${status} ${JSON.stringify(body)}`)
  return activity
}
