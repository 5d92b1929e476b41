import type { Aws } from '../../cli/aws/aws.ts'
import { awsIn } from '../../cli/aws/aws.ts'
import type { Asker } from '../../cli/deploy/ask.ts'
import { needsOf } from '../../cli/deploy/backend.ts'
import { type DeployRequest, deploy } from '../../cli/deploy/deploy.ts'
import { newSecret } from '../../cli/deploy/secrets.ts'
import { type Params, writtenParams } from '../../cli/deploy/settings.ts'
import { deployedText } from '../../cli/deploy/text.ts'
import { isInterruption } from '../../cli/interruption.ts'
import { applyEnvironment } from '../../local/environment.ts'
import { type Account, emptyAccount, openFakeAws } from './fake-aws.ts'
import { runCli } from './run-cli.ts'

const OUTPUTS = {
  GithubWebhookUrl: 'https://a.example/github',
  JenkinsWebhookUrl: 'https://a.example/jenkins',
  EventsUrl: 'https://a.example/events',
  TableName: 'valuestream-prod-ContextTable-1',
}
const RANDOM = Buffer.from('0123456789abcdef0123456789abcdef')
const name = (of: string) => `/valuestream/prod/${of}`

let account: Account
let fake: Awaited<ReturnType<typeof openFakeAws>>
let undo: () => void
let aws: Aws
beforeEach(async () => {
  account = emptyAccount()
  fake = await openFakeAws(account)
  undo = applyEnvironment(process.env, fake.env)
  aws = awsIn('eu-west-1')
})
afterEach(async () => {
  undo()
  await fake.close()
})

const WRITTEN = writtenParams('.', 'prod').default

/** As the framework leaves the account behind, which was told this. */
const stack = (told: Params = { backend: 'honeycomb' }) => {
  account.outputs = OUTPUTS
  account.template = { Metadata: { ValueStream: { params: { ...WRITTEN, ...told }, defaults: WRITTEN } } }
}

const toldBy = (args: readonly string[]): Params =>
  Object.fromEntries(args.filter((arg) => arg.includes('=')).map((arg) => /^([^=]*)=(.*)$/.exec(arg)?.slice(1) ?? []))

const REQUEST: DeployRequest = {
  ...{ stage: 'prod', region: 'eu-west-1', params: { backend: 'honeycomb' } },
  ...{ headers: 'x-honeycomb-team=t', replacesHeaders: false, isAgreed: true, isDry: false },
}

const run = async (request: Partial<DeployRequest> = {}, ask?: Partial<Asker>) => {
  const [told, runs]: [string[], (readonly string[])[]] = [[], []]
  const asker = ask === undefined ? undefined : { ...NOBODY, ...ask }
  const deployed = await deploy(
    { ...REQUEST, ...request },
    {
      ...{ aws, ask: asker, randomBytes: () => RANDOM, tell: (text) => void told.push(text) },
      written: writtenParams('.', request.stage ?? 'prod'),
      serverless: async (args) => {
        runs.push(args)
        stack(toldBy(args))
        return 0
      },
    },
  )
  return { deployed, told: told.join('\n'), runs }
}

const unasked = () => Promise.reject(new Error('nobody should be asked this'))
const NOBODY: Asker = {
  ...{ stage: unasked, region: unasked, backend: unasked, endpoint: unasked, token: unasked },
  ...{ keepHeaders: unasked, agree: unasked },
}

describe('a first deployment', () => {
  it('makes the secrets, stores the headers, and runs the framework', async () => {
    const { deployed, told, runs } = await run()
    expect(Object.fromEntries(account.parameters)).toEqual({
      [name('github-webhook-secret')]: { Type: 'SecureString', Value: RANDOM.toString('hex') },
      [name('jenkins-webhook-token')]: { Type: 'SecureString', Value: RANDOM.toString('hex') },
      [name('events-webhook-secret')]: { Type: 'SecureString', Value: `whsec_${RANDOM.toString('base64')}` },
      [name('otlp-headers')]: { Type: 'SecureString', Value: 'x-honeycomb-team=t' },
    })
    expect(runs).toEqual([['deploy', '--stage', 'prod', '--region', 'eu-west-1', '--param', 'backend=honeycomb']])
    expect(deployed.outputs).toEqual(OUTPUTS)
    const shown = `${told}\n${deployedText(deployed)}\n${JSON.stringify(deployed)}`
    for (const { Value } of account.parameters.values()) expect(shown).not.toContain(Value)
    expect(deployedText(deployed)).toContain('  GitHub    https://a.example/github\n')
    expect(deployedText(deployed)).toContain(
      'npx valuestream webhooks add --org YOUR_ORGANISATION --stage prod --region eu-west-1',
    )
  })

  it('only tells what it would do in a dry run', async () => {
    const { deployed, runs } = await run({ isDry: true, isAgreed: false })
    expect([runs, account.parameters.size]).toEqual([[], 0])
    expect(deployedText(deployed).split('\n')).toEqual([
      'Stage prod in eu-west-1, account 123456789012: a first deployment.',
      'Backend: honeycomb.',
      '',
      '  /valuestream/prod/github-webhook-secret is made: 32 random bytes',
      '  /valuestream/prod/jenkins-webhook-token is made: 32 random bytes',
      '  /valuestream/prod/events-webhook-secret is made: 32 random bytes',
      '  /valuestream/prod/otlp-headers is stored, as it was given',
      '',
      '  serverless deploy --stage prod --region eu-west-1 --param backend=honeycomb',
      '',
      'Nothing was done.',
    ])
  })

  it('asks for what it was not told', async () => {
    const plans: string[] = []
    const { runs } = await run(
      { ...{ params: {}, isAgreed: false }, headers: undefined as never },
      {
        backend: async (initial) => (initial === 'lightstep' ? 'grafana' : initial),
        endpoint: async () => 'https://otlp.grafana.example/otlp/v1/traces',
        token: async (header) => `Basic ${header}=`,
        agree: async (plan) => plans.push(plan) > 0,
      },
    )
    expect(account.parameters.get(name('otlp-headers'))?.Value).toBe('authorization=Basic%20authorization%3D')
    expect(runs[0]?.slice(5)).toEqual([
      ...['--param', 'backend=grafana'],
      ...['--param', 'otlp-traces-endpoint=https://otlp.grafana.example/otlp/v1/traces'],
    ])
    expect(plans[0]).not.toContain('Basic')
  })

  it('does nothing when whoever is asked does not agree', async () => {
    const refused = run({ isAgreed: false }, { agree: async () => false })
    await expect(refused).rejects.toThrow('interrupted')
    await refused.catch((error: unknown) => expect(isInterruption(error)).toBe(true))
    expect(account.parameters.size).toBe(0)
  })

  it.each([
    [{ isAgreed: false }, 'Nobody can be asked here: look at --dry-run, then say --yes.'],
    [
      { headers: undefined as never },
      'The backend honeycomb wants the header x-honeycomb-team: set OTEL_EXPORTER_OTLP_HEADERS to x-honeycomb-team=TOKEN.',
    ],
    [
      { params: { backend: 'generic' } },
      'The backend generic has no address of its own: name the URL that takes traces with --endpoint.',
    ],
  ])('refuses in a sentence what it cannot do alone (%#)', async (request, sentence) => {
    await expect(run(request)).rejects.toThrow(sentence)
    expect(account.parameters.size).toBe(0)
  })

  it('says when the framework has failed', async () => {
    const failing = deploy(REQUEST, {
      ...{ aws, ask: undefined, randomBytes: () => RANDOM, tell: () => {}, serverless: async () => 3 },
      written: writtenParams('.', 'prod'),
    })
    await expect(failing).rejects.toThrow('The Serverless Framework has ended with 3')
  })
})

describe('a further deployment', () => {
  beforeEach(() => {
    stack({ backend: 'honeycomb', 'github-host': 'github.acme.com', 'github-hooks': 'acme#45' })
    for (const one of ['github-webhook-secret', 'jenkins-webhook-token', 'otlp-headers']) {
      account.parameters.set(name(one), { Type: 'SecureString', Value: 'kept' })
    }
  })
  const stored = () => Object.fromEntries([...account.parameters].map(([key, { Value }]) => [key.slice(18), Value]))

  it('overwrites no secret, and keeps what the last one was told', async () => {
    const { runs, deployed } = await run({ params: { 'jenkins-topic': 'on' } })
    expect(stored()).toEqual({
      ...{ 'github-webhook-secret': 'kept', 'jenkins-webhook-token': 'kept', 'otlp-headers': 'kept' },
      'events-webhook-secret': expect.stringMatching(/^whsec_/),
    })
    expect(deployed.plan.secrets.map(({ step }) => step)).toEqual(['keep', 'keep', 'make', 'keep'])
    expect(runs[0]?.slice(5)).toEqual([
      ...['--param', 'backend=honeycomb', '--param', 'github-host=github.acme.com'],
      ...['--param', 'github-hooks=acme#45', '--param', 'jenkins-topic=on'],
    ])
  })

  it('keeps every setting, and lets go of what is told to be as it is by default', async () => {
    const all = Object.fromEntries(Object.keys(WRITTEN).map((setting) => [setting, `told ${setting}`]))
    stack({ ...all, backend: 'honeycomb' })
    const [first, second] = [await run({ params: {} }), await run({ params: { 'throttle-rate': '100' } })]
    expect(toldBy(first.runs[0] ?? [])).toEqual({ ...all, backend: 'honeycomb' })
    expect(toldBy(second.runs[0] ?? [])).toEqual({ ...all, backend: 'honeycomb', 'throttle-rate': '100' })
    const { 'throttle-rate': _, ...others } = all
    expect(toldBy((await run({ params: {} })).runs[0] ?? [])).toEqual({ ...others, backend: 'honeycomb' })
  })

  it('of an older version keeps what its functions are told, and says what else it was told nobody knows', async () => {
    account.template = {}
    account.environments.set('valuestream-prod-github', {
      ...{ BACKEND_PROFILE: 'honeycomb', GITHUB_HOST: 'github.acme.com', OTEL_EXPORTER_OTLP_TIMEOUT: '5000' },
      ...{ OTEL_EXPORTER_OTLP_COMPRESSION: 'none', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: '' },
      JENKINS_JOB_REPOSITORIES: '',
    })
    account.environments.set('valuestream-prod-redeliver', { GITHUB_HOOKS: 'acme#45' })
    account.environments.set('valuestream-prod-comment', { TRACE_COMMENTS: 'off', TRACE_URL: '' })
    const { told, runs } = await run({ params: { 'jenkins-topic': 'on' } })
    expect(runs[0]?.slice(5)).toEqual([
      ...['--param', 'backend=honeycomb', '--param', 'github-host=github.acme.com'],
      ...['--param', 'github-hooks=acme#45', '--param', 'jenkins-topic=on'],
    ])
    expect(told.split('\n')).toContain(
      'What is deployed does not note its throttle-rate, throttle-burst, log-retention-days, alarm-topic-arn: they become what serverless.yml says, unless --param says more.',
    )
  })

  it('is refused where nobody may say what the last one was told', async () => {
    account.template = undefined
    await expect(run()).rejects.toThrow(
      'The template of the stack valuestream-prod cannot be read. The AWS credentials of this shell may not do this.',
    )
  })

  it('replaces the headers when that is asked for', async () => {
    await run({ replacesHeaders: true })
    expect(stored()['otlp-headers']).toBe('x-honeycomb-team=t')
  })

  it('does not send one backend’s token to another', async () => {
    await expect(run({ params: { backend: 'newrelic' } })).rejects.toThrow(
      "The stored headers are another backend's: set OTEL_EXPORTER_OTLP_HEADERS to api-key=TOKEN, and say --replace-headers.",
    )
    await run({ params: { backend: 'newrelic' }, headers: 'api-key=t', replacesHeaders: true })
    expect(stored()['otlp-headers']).toBe('api-key=t')
  })

  it('asks for another token with another backend, and else whether to keep it', async () => {
    const headers = undefined as never
    await run({ headers, params: { backend: 'honeycomb' } }, { keepHeaders: async () => true })
    expect(stored()['otlp-headers']).toBe('kept')
    await run({ headers, params: { backend: 'newrelic' } }, { token: async () => 'new' })
    expect(stored()['otlp-headers']).toBe('api-key=new')
  })
})

test('a backend needs an address where it has none that AWS can reach, and a header where it is its own address', () => {
  expect([
    needsOf('grafana', ''),
    needsOf('jaeger', ''),
    needsOf('honeycomb', ''),
    needsOf('generic', 'https://c'),
  ]).toEqual([
    { needsEndpoint: true, header: 'authorization' },
    { needsEndpoint: true },
    { needsEndpoint: false, header: 'x-honeycomb-team' },
    { needsEndpoint: false },
  ])
  expect(needsOf('honeycomb', 'https://collector.example/v1/traces')).toEqual({ needsEndpoint: false })
  expect(newSecret('GITHUB_WEBHOOK_SECRET', () => RANDOM)).toHaveLength(64)
})

test('npx valuestream deploy --dry-run is a command', async () => {
  const env = { ...fake.env, OTEL_EXPORTER_OTLP_HEADERS: 'x-honeycomb-team=hidden-token' }
  const dry = await runCli(['deploy', '--stage', 'prod', '--backend', 'honeycomb', '--dry-run', '--json'], env)
  expect([dry.code, dry.err]).toEqual([0, ''])
  expect(JSON.parse(dry.out)).toMatchObject({ plan: { stage: 'prod', region: 'eu-west-1', isFirst: true } })
  expect(dry.out).not.toContain('hidden-token')
  const unsaid = await runCli(['deploy', '--region', 'eu-west-1'], fake.env)
  expect(unsaid).toEqual({ code: 1, out: '', err: 'Name the stage with --stage, such as prod.\n' })
  expect((await runCli(['deploy', '--backend', 'nobodys'], fake.env)).code).toBe(2)
})
