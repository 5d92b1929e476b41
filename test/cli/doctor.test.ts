import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredParameter } from '../../cli/aws/parameters.ts'
import { backendFinding } from '../../cli/doctor/checks/backend.ts'
import { parameterFindings } from '../../cli/doctor/checks/parameters.ts'
import { stackFinding } from '../../cli/doctor/checks/stack.ts'
import { tableFindings } from '../../cli/doctor/checks/table.ts'
import { nodeFinding, versionFinding } from '../../cli/doctor/checks/versions.ts'
import { type Answered, webhookFindings } from '../../cli/doctor/checks/webhooks.ts'
import { examine } from '../../cli/doctor/examine.ts'
import { type Finding, ok, problem } from '../../cli/doctor/finding.ts'
import { localChecks } from '../../cli/doctor/local.ts'
import { wantedTable } from '../../cli/doctor/stage.ts'
import { findingLine, summaryLine } from '../../cli/doctor/text.ts'
import { packageVersion } from '../../cli/version.ts'
import type { SecretSetting } from '../../lib/settings/settings.ts'
import { refusal } from '../../local/refusal.ts'
import { readSecrets } from '../../local/secrets.ts'
import { EVENTS_SECRET, openSystem, type System } from '../support/system.ts'
import { emptyAccount, openFakeAws } from './fake-aws.ts'
import { runCli } from './run-cli.ts'

const texts = (findings: readonly Finding[]) => findings.map(({ state, says }) => `${state} ${says}`)
const WANTED = wantedTable('.')
const TABLE = {
  ...{ status: 'ACTIVE', keys: WANTED.keys, timeToLive: 'expiresAtSeconds', items: 7 },
  ...{ hasPointInTimeRecovery: true, isProtected: true },
}

describe('what the doctor finds of one thing', () => {
  it('is what the table lacks', () => {
    expect(texts(tableFindings(TABLE, WANTED, 'c'))).toEqual([
      'ok c is ACTIVE with its indexes, time to live, recovery and protection; about 7 items.',
    ])
    const poor = {
      ...{ status: 'UPDATING', keys: WANTED.keys.slice(0, 2), timeToLive: undefined, items: 0 },
      ...{ hasPointInTimeRecovery: false, isProtected: false },
    }
    expect(texts(tableFindings(poor, WANTED, 'c'))).toEqual([
      'problem c is UPDATING.',
      'problem c lacks due: dueShard, dueMillis.',
      'warning Its time to live is off: nothing is ever deleted.',
      'warning Its point-in-time recovery is off.',
      'warning It is not protected against deletion.',
    ])
  })

  it('is the form of each secret, and never a secret', () => {
    const stored = new Map<SecretSetting, StoredParameter>([
      ['GITHUB_WEBHOOK_SECRET', { type: 'SecureString', value: 'short' }],
      ['JENKINS_WEBHOOK_TOKEN', { type: 'String', value: 'a'.repeat(64) }],
      ['EVENTS_WEBHOOK_SECRET', { type: 'SecureString', value: `${EVENTS_SECRET},plain-text-that-is-long` }],
      ['OTEL_EXPORTER_OTLP_HEADERS', { type: 'SecureString', value: 'my-token' }],
    ])
    expect(texts(parameterFindings(stored, 'prod'))).toEqual([
      'problem github-webhook-secret is shorter than 16 characters.',
      'warning jenkins-webhook-token is a String, which is not encrypted.',
      'problem events-webhook-secret is not whsec_ and at least 24 bytes in base64.',
      'problem otlp-headers is not a list of name=value.',
      'ok github-token is not there, so GitHub is not asked to deliver again what failed.',
    ])
    expect(texts(parameterFindings(new Map(), 'prod'))[0]).toBe(
      'warning github-webhook-secret is not there: no webhook of GitHub is accepted.',
    )
  })

  it('is the state of the stack, the version and Node', () => {
    const of = (status: string) => stackFinding('prod', { name: 'valuestream-prod', status, outputs: {} }).state
    expect(['CREATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE', 'ROLLBACK_COMPLETE'].map(of)).toEqual([
      ...['ok', 'warning', 'warning', 'problem'],
    ])
    expect(stackFinding('prod', undefined)).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('deploy'),
    })
    expect([versionFinding('1.0.0', '1.0.0', 'prod').state, versionFinding(undefined, '1.0.0', 'prod').state]).toEqual([
      ...['ok', 'warning'],
    ])
    expect([nodeFinding('20.19.0', '20.19').state, nodeFinding('20.18.9', '20.19').state]).toEqual(['ok', 'problem'])
  })

  it('is what each address answers, and the clock', async () => {
    const at = Date.UTC(2026, 8, 1)
    const answers: Record<string, Answered | Error> = {
      'https://a/github': { status: 401, dateMillis: at },
      'https://a/jenkins': { status: 503 },
      'https://a/events': new Error('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND a') }),
      'https://a/nothing-is-here': { status: 200 },
    }
    const post = async (url: string) => {
      const answer = answers[url]
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('none')
      return answer
    }
    const addresses = { github: 'https://a/github', jenkins: 'https://a/jenkins', events: 'https://a/events' }
    expect(texts(await webhookFindings(addresses, post, () => at + 90_000))).toEqual([
      'ok github refuses what nobody has signed.',
      'problem jenkins answers 503.',
      'problem https://a/events cannot be reached: getaddrinfo ENOTFOUND a.',
      'problem a wrong path answers 200, and not 404.',
      'warning The clock of this machine is 90 s off.',
    ])
  })

  it('is a problem where it cannot be looked at, and a basis ends it all', async () => {
    const told: Finding[] = []
    const looked = await examine(
      [
        { subject: 'a', look: async () => [ok('a', 'Well.')] },
        { subject: 'b', look: async () => Promise.reject(refusal('No.')) },
        { subject: 'c', isBasis: true, look: async () => [problem('c', 'Bad.', 'Mend it.')] },
        { subject: 'd', look: async () => [ok('d', 'Never.')] },
      ],
      (finding) => told.push(finding),
    )
    expect([told, looked.map(findingLine), summaryLine(looked)]).toEqual([
      looked,
      ['ok       a            Well.', 'problem  b            No.', 'problem  c            Bad. Mend it.'],
      '2 problems, 0 warnings.',
    ])
    expect(summaryLine([ok('a', '')])).toBe('All is well.')
  })
})

describe('npx valuestream doctor', () => {
  let system: System
  beforeAll(async () => {
    system = await openSystem()
  })
  afterAll(() => system.close())

  it('finds a deployment well, to the backend that takes a span', async () => {
    const account = emptyAccount()
    const fake = await openFakeAws(account)
    account.outputs = {
      ...{ GithubWebhookUrl: `${system.url}/github`, JenkinsWebhookUrl: `${system.url}/jenkins` },
      ...{ EventsUrl: `${system.url}/events`, TableName: 'contexts', Version: packageVersion() },
    }
    account.environments.set('valuestream-prod-github', { OTEL_EXPORTER_OTLP_ENDPOINT: system.backend.url })
    const secret = { Type: 'SecureString', Value: 'a'.repeat(64) }
    account.parameters.set('/valuestream/prod/github-webhook-secret', secret)
    account.parameters.set('/valuestream/prod/jenkins-webhook-token', secret)
    account.parameters.set('/valuestream/prod/events-webhook-secret', { ...secret, Value: EVENTS_SECRET })
    account.table = {
      ...{ TableStatus: 'ACTIVE', ItemCount: 7, DeletionProtectionEnabled: true },
      KeySchema: [{ AttributeName: 'pk' }, { AttributeName: 'sk' }],
      GlobalSecondaryIndexes: [
        { IndexName: 'changes', KeySchema: [{ AttributeName: 'changedShard' }, { AttributeName: 'changedMillis' }] },
        { IndexName: 'due', KeySchema: [{ AttributeName: 'dueShard' }, { AttributeName: 'dueMillis' }] },
      ],
    }
    const run = () => runCli(['doctor', '--stage', 'prod', '--json'], fake.env)
    const well = await run()
    expect([well.code, well.err]).toEqual([0, ''])
    const findings: Finding[] = JSON.parse(well.out)
    expect(findings.map(({ subject, state }) => `${subject} ${state}`)).toEqual([
      ...['node ok', 'credentials ok', 'stack ok', 'version ok', 'table ok'],
      ...['parameters ok', 'parameters ok', 'parameters ok', 'parameters ok', 'parameters ok'],
      ...['webhooks ok', 'webhooks ok', 'webhooks ok', 'webhooks ok', 'clock ok', 'backend ok'],
    ])
    expect(well.out).not.toContain(EVENTS_SECRET.slice(6))
    expect(system.backend.spans.map(({ name }) => name)).toEqual(['valuestream_doctor'])

    account.outputs = { TableName: 'contexts' }
    const bare: Finding[] = JSON.parse((await run()).out)
    expect(texts(bare.filter(({ subject }) => subject === 'version' || subject === 'webhooks'))).toEqual([
      `warning The deployment is older than 0.1.0, and this package ${packageVersion()}.`,
      'problem The stack does not tell the addresses of its webhooks.',
    ])

    account.outputs = undefined
    const gone = await run()
    expect([gone.code, texts(JSON.parse(gone.out)).at(-1)]).toEqual([
      1,
      'problem There is no stack valuestream-prod in this region.',
    ])
    await fake.close()
  })

  it('tells what the backend says, and what to do', async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: system.backend.url, OTEL_EXPORTER_OTLP_TIMEOUT: '2000' }
    const with_ = async (status: number) => {
      system.backend.respondWith({ status })
      const { state, remedy } = await backendFinding(env, undefined, Date.now)
      return [state, remedy]
    }
    expect([await with_(401), await with_(404), await with_(400)]).toEqual([
      ['problem', 'Its token is wrong: store another one in otlp-headers.'],
      ['problem', 'Its address is wrong: deploy with another --endpoint.'],
      ['problem', 'What is refused so is undeliverable: docs/operations.md.'],
    ])
    expect(await backendFinding({ BACKEND_PROFILE: 'honeycomb' }, undefined, Date.now)).toMatchObject({
      state: 'problem',
      says: expect.stringContaining('lacks the header x-honeycomb-team'),
    })
  })
})

describe('of the local stack', () => {
  let home: string
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'doctor-'))
  })
  afterEach(() => rmSync(home, { recursive: true, force: true }))

  const look = async (env: Record<string, string> = {}) =>
    texts(
      await examine(
        localChecks({
          env: { VALUESTREAM_HOME: home, PORT: '9', ...env },
          ...{ workingDirectory: '/', now: Date.now, node: { version: '22.0.0', least: '20.19' } },
          post: () => Promise.reject(new Error('not asked')),
        }),
        () => {},
      ),
    )

  it('it finds that it does not run, and that its secrets lie open', async () => {
    expect(await look()).toEqual([
      'ok Node.js is 22.0.0.',
      `warning ${home}/secrets.json is not there yet.`,
      'problem Nothing answers at http://localhost:9.',
    ])
    readSecrets(home, {})
    expect((await look())[1]).toBe(`ok ${home}/secrets.json is for you alone.`)
    chmodSync(join(home, 'secrets.json'), 0o644)
    expect((await look())[1]).toBe(`warning ${home}/secrets.json can be read by others.`)
  })
})
