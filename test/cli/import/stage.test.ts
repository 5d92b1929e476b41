import type { ActivityKey } from '../../../lib/delivery/activity.ts'
import type { Context } from '../../../lib/delivery/context.ts'
import { groupBy } from '../../../lib/delivery/group-by.ts'
import { dynamoDbFeed } from '../../../lib/dynamodb/feed.ts'
import { dynamoDbStore } from '../../../lib/dynamodb/store.ts'
import { TTL_SECONDS } from '../../../lib/dynamodb/ttl.ts'
import { github } from '../../../lib/github/source.ts'
import { receiveTrusted } from '../../../lib/record/receive.ts'
import { temporaryFolder } from '../../local/temporary-folder.ts'
import { type OtlpBackend, openOtlpBackend } from '../../support/otlp-backend.ts'
import { openTestTable, type TestTable } from '../../support/test-table.ts'
import { type Account, emptyAccount, openFakeAws } from '../fake-aws.ts'
import { type Ran, runCli } from '../run-cli.ts'
import { type Apis, openApis, TOKEN } from './api-server.ts'
import { comparableSpans, differences } from './comparable.ts'
import { at, text } from './json.ts'
import { ITS_CONTEXT, ONE_ISSUE } from './one-issue.ts'
import { exporting, newStore, spansIn } from './overlap.ts'
import { playedGithub } from './played-github.ts'
import { type Sent, sentBy } from './played-world.ts'

let [table, backend, account, aws]: [TestTable?, OtlpBackend?, Account?, Awaited<ReturnType<typeof openFakeAws>>?] = []
const opened: { readonly close: () => Promise<unknown> }[] = []
beforeEach(async () => {
  account = { ...emptyAccount(), stackName: 'valuestream-dev' }
  ;[table, backend, aws] = await Promise.all([openTestTable(), openOtlpBackend(), openFakeAws(account)])
  opened.push(table, backend, aws)
  account.outputs = { TableName: table.tableName }
})
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))

/** An account with a stack and its table, as AWS's SDK reaches them; and a backend that should hear nothing. */
const started = () => {
  if (!(table && backend && account && aws)) throw new Error('nothing was started')
  return { table, backend, account, aws }
}

const apisOf = async (repositories: Parameters<typeof openApis>[0]): Promise<Apis> => {
  const apis = await openApis(repositories)
  opened.push(apis)
  return apis
}

/** In a process of its own, which has AWS's credentials in its environment. */
const importGithub = (
  apis: Apis,
  repository: string,
  more: readonly string[] = [],
  isSignedIn = true,
): Promise<Ran> => {
  const { AWS_ENDPOINT_URL, AWS_REGION, ...credentials } = started().aws.env
  return runCli(
    ['import', 'github', '--repo', repository, '--since', '2000-01-01', '--stage', 'dev', '--json', ...more],
    {
      ...{ AWS_ENDPOINT_URL, AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB: started().table.endpoint },
      ...(isSignedIn ? credentials : {}),
      ...{ GITHUB_API_URL: apis.url, GITHUB_TOKEN: TOKEN },
      OTEL_EXPORTER_OTLP_ENDPOINT: started().backend.url,
      VALUESTREAM_HOME: temporaryFolder(),
    },
  )
}

const stored = async (): Promise<readonly Context[]> => {
  const feed = dynamoDbFeed(started().table)
  const keys: ActivityKey[] = []
  for await (const page of feed.changes(0)) keys.push(...page.map(({ key }) => key))
  return feed.read(keys)
}

const outbox = () => dynamoDbStore({ ...started().table, now: Date.now, ttlSeconds: TTL_SECONDS }).outbox()

describe('npx valuestream import github --stage', () => {
  it("records in the stage's table, by two questions to CloudFormation, and sends nothing", async () => {
    const { backend, aws } = started()
    const { code, out, err } = await importGithub(await apisOf(ONE_ISSUE), 'acme/shop')
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { read: 1, recorded: 1, ignored: {}, spans: 1, requests: 6, seconds: expect.any(Number) },
    ])
    expect(err.split('\n').slice(0, 2)).toEqual(['Importing into the table contexts.', 'acme/shop since 2000-01-01'])
    expect(await stored()).toEqual([ITS_CONTEXT])
    expect(aws.calls).toEqual(['DescribeStacks', 'GetTemplate'])
    expect([backend.requests, (await outbox()).count]).toEqual([[], 0])
  })

  it('leaves all to the sweep of the stage with --emit', async () => {
    const { backend } = started()
    const { code } = await importGithub(await apisOf(ONE_ISSUE), 'acme/shop', ['--emit'])
    const [emission] = ITS_CONTEXT.emissions
    expect([code, (await stored()).map(({ emissions }) => emissions)]).toEqual([
      0,
      [[{ ...emission, state: 'pending' }]],
    ])
    expect([backend.requests, (await outbox()).count]).toEqual([[], 1])
  })

  it('records of a whole repository what its webhooks would have', async () => {
    const { name, sent } = busiest(sentBy(7, 400))
    const live = newStore()
    for (const { event, body } of sent) {
      const request = { headers: { 'x-github-event': event }, query: {}, pathParameters: {} }
      await receiveTrusted(
        { ...request, body: Buffer.from(JSON.stringify(body)) },
        {
          ...{ source: github, store: live, exporter: exporting().exporter, pause: () => Promise.resolve() },
          installation: { githubHost: 'github.com', repositoryOfJob: () => undefined },
        },
      )
    }
    const { code } = await importGithub(await apisOf(playedGithub(sent)), name)
    const imported = comparableSpans(await stored())
    expect([code, imported.size > 30, differences(imported, spansIn(live))]).toEqual([0, true, []])
  })
})

/** The repository that has sent the most, with what it has sent. */
const busiest = (sent: readonly Sent[]): { readonly name: string; readonly sent: readonly Sent[] } => {
  const nameOf = ({ body }: Sent) => text(at(body, 'repository', 'full_name'))
  const groups = groupBy(
    sent.filter(({ source }) => source === 'github'),
    nameOf,
  )
  const [[name, own] = ['', []]] = [...groups].toSorted(([, a], [, b]) => b.length - a.length)
  return { name, sent: own }
}

describe('npx valuestream import github --stage says in a sentence', () => {
  const failed = async (isSignedIn = true) => {
    const { code, out, err } = await importGithub(await apisOf(ONE_ISSUE), 'acme/shop', [], isSignedIn)
    return { code, out, last: err.trimEnd().split('\n').at(-1), stored: await stored() }
  }
  const nothing = { code: 1, out: '', stored: [] }

  it('that there are no credentials', async () => {
    expect(await failed(false)).toEqual({
      ...nothing,
      last: 'The stack valuestream-dev cannot be read. There are no AWS credentials in this shell: sign in, or set AWS_PROFILE. Or name the table with --table.',
    })
  })

  it('that nothing is deployed', async () => {
    started().account.outputs = undefined
    expect(await failed()).toEqual({
      ...nothing,
      last: 'There is no stack valuestream-dev in this region: name another with --stage and --region, or deploy it. Or name the table with --table.',
    })
  })

  it('that the table is gone', async () => {
    started().account.outputs = { TableName: 'gone' }
    expect(await failed()).toEqual({
      ...nothing,
      last: 'The table cannot be written. There is no such table in this region: its name is the output TableName of the stack. Run the same command again: it goes on where it was.',
    })
  })
})
