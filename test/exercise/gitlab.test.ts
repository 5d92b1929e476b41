import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { traceIdOf } from '../../lib/delivery/identity.ts'
import { dynamoDbStore } from '../../lib/dynamodb/store.ts'
import { webhookHandler } from '../../lib/lambda/webhook-handler.ts'
import { postExporter } from '../../lib/otlp/post-exporter.ts'
import { openOtlpBackend } from '../support/otlp-backend.ts'
import { openTestTable } from '../support/test-table.ts'
import { gitlab } from './gitlab/source.ts'

const TOKEN = 'from-the-parameter-store'
const KEY = 'issue:gitlab.acme.com/acme/platform/shop#23'

/** An `issue` event as GitLab sends it, but for what is not read. */
const issueHook = (attributes: object) =>
  JSON.stringify({
    object_kind: 'issue',
    event_type: 'issue',
    user: { id: 1, name: 'Ada', username: 'ada', email: '[REDACTED]' },
    project: {
      id: 7,
      name: 'Shop',
      web_url: 'https://gitlab.acme.com/acme/platform/shop',
      path_with_namespace: 'acme/platform/shop',
      default_branch: 'main',
    },
    object_attributes: {
      id: 301,
      iid: 23,
      title: 'Gift cards',
      url: 'https://gitlab.acme.com/acme/platform/shop/-/issues/23',
      state: 'opened',
      action: 'open',
      created_at: '2026-03-01T09:00:00Z',
      updated_at: '2026-03-01T09:00:00Z',
      closed_at: null,
      ...attributes,
    },
  })
const opened = issueHook({})
const closed = issueHook({
  action: 'close',
  state: 'closed',
  updated_at: '2026-03-02T17:30:00Z',
  closed_at: '2026-03-02T17:30:00Z',
})

/** What a function of `functions/` joins, with the table and the backend on this machine. */
const openFunction = async () => {
  const [table, backend] = await Promise.all([openTestTable(), openOtlpBackend()])
  const url = `${backend.url}/v1/traces`
  const dependencies = {
    source: gitlab,
    secrets: [TOKEN],
    secretSetting: 'GITLAB_WEBHOOK_TOKEN',
    installation: { githubHost: 'github.com', repositoryOfJob: () => undefined },
    store: dynamoDbStore({ client: table.client, tableName: table.tableName, now: Date.now, ttlSeconds: 3600 }),
    exporter: postExporter({ url, headers: {}, timeoutMillis: 2000, compression: 'none' }),
    pause: async () => {},
  }
  const handler = webhookHandler(
    () => Promise.resolve(dependencies),
    () => {},
  )
  return {
    backend,
    post: async (body: string, token = TOKEN) => {
      const headers = { 'content-type': 'application/json', 'x-gitlab-token': token }
      const event: APIGatewayProxyEventV2 = {
        version: '2.0',
        routeKey: 'POST /gitlab',
        rawPath: '/gitlab',
        rawQueryString: '',
        headers,
        body,
        isBase64Encoded: false,
        requestContext: {} as APIGatewayProxyEventV2['requestContext'],
      }
      const { statusCode } = await handler(event)
      return statusCode
    },
    close: () => Promise.all([table.close(), backend.close()]),
  }
}

let running: Awaited<ReturnType<typeof openFunction>>
beforeEach(async () => {
  running = await openFunction()
})
afterEach(() => running.close())

describe("GitLab's issue event", () => {
  it.each([
    ['as they happened', [opened, closed]],
    ['the other way round', [closed, opened]],
    ['twice', [opened, closed, opened, closed]],
  ])('becomes one span where the webhooks come %s', async (_, bodies) => {
    for (const body of bodies) expect(await running.post(body)).toBe(202)
    expect(
      running.backend.spans.map(({ name, traceId, startMillis, endMillis }) => [name, traceId, startMillis, endMillis]),
    ).toEqual([['issue', traceIdOf(KEY), Date.UTC(2026, 2, 1, 9), Date.UTC(2026, 2, 2, 17, 30)]])
  })

  it('says what it is and where', async () => {
    await running.post(closed)
    expect(running.backend.spans[0]?.attributes).toEqual({
      service: 'gitlab',
      'issue.number': 23,
      'issue.title': 'Gift cards',
      'issue.url': 'https://gitlab.acme.com/acme/platform/shop/-/issues/23',
      'user.name': 'ada',
      'vcs.provider.name': 'gitlab',
      'vcs.owner.name': 'acme/platform',
      'vcs.repository.name': 'shop',
      'vcs.repository.url.full': 'https://gitlab.acme.com/acme/platform/shop',
      'valuestream.activity.key': KEY,
      'valuestream.episode': 1,
      'valuestream.result': 'success',
    })
  })

  it('is refused with another token, or a field that is wrong, and others are ignored', async () => {
    expect([
      await running.post(closed, 'guessed'),
      await running.post(issueHook({ created_at: 'yesterday' })),
      await running.post('{"object_kind":"wiki_page"}'),
    ]).toEqual([401, 400, 202])
    expect(running.backend.spans).toEqual([])
  })
})
