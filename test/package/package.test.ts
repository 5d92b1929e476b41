import { NOTHING_DEPLOYED, settingsIn } from '../../cli/deploy/deployed.ts'
import { toldParams, writtenParams } from '../../cli/deploy/settings.ts'
import { openThreads } from '../comment/fake-threads.ts'
import { release, signedHeaders } from '../payloads/events.ts'
import { issuesPayload, pullRequestPayload, pushPayload, sign } from '../payloads/github.ts'
import { gathererEnd, notification } from '../payloads/jenkins.ts'
import { openGithub } from '../redeliver/fake-github.ts'
import { TOKEN } from '../support/github-server.ts'
import { openAccount } from './account.ts'
import { ALARMS } from './alarms.ts'
import { COMMENT } from './comment.ts'
import { DASHBOARD, shownOn } from './dashboard.ts'
import {
  ENVIRONMENT,
  integration,
  lambda,
  logsOnlyRole,
  OUTPUTS,
  redeliverRole,
  role,
  route,
  STAGE,
  sweepRole,
  TABLE,
} from './expected.ts'
import { httpApiEvent, invoked } from './invoked.ts'
import { actionsOf, filesWith, type Packaged, packaged, propertiesOf, resolved } from './packaged.ts'
import { QUEUE, QUEUE_PERMISSION } from './queue.ts'
import { placesOf, rebundled } from './rebundled.ts'

/** In the environment of whoever deploys. */
const SHELL_SECRETS = {
  GITHUB_WEBHOOK_SECRET: 'canary-3b1f',
  JENKINS_WEBHOOK_TOKEN: 'canary-9d0e',
  EVENTS_WEBHOOK_SECRET: 'whsec_canary-52e8',
  OTEL_EXPORTER_OTLP_HEADERS: 'lightstep-access-token=canary-77ac',
  GITHUB_TOKEN: 'canary-e41d',
}

const PROD = ['--stage', 'prod', '--region', 'eu-west-1']

let made: Packaged
beforeAll(async () => {
  made = await packaged(SHELL_SECRETS)
}, 180_000)
afterAll(() => made?.remove())

describe('the package', () => {
  test('is made without an account, one zip a function, and nothing else is left behind', () => {
    expect(Object.keys(made.zips)).toEqual(['comment', 'events', 'github', 'jenkins', 'redeliver', 'sweep'])
    expect(made.entries.after).toEqual(made.entries.before)
  })

  test('holds no secret of the shell that it was made in', () => {
    expect(filesWith(made, '/valuestream/dev/github-webhook-secret')).toEqual([
      'cloudformation-template-update-stack.json',
      'serverless-state.json',
    ])
    expect(filesWith(made, 'canary')).toEqual([])
  })

  test('routes POST /github to github, POST /jenkins with or without a token in the path to jenkins, and POST /events to events', () => {
    expect(propertiesOf(made.template, 'AWS::ApiGatewayV2::Integration')).toEqual({
      HttpApiIntegrationGithub: integration('GithubLambdaFunction'),
      HttpApiIntegrationJenkins: integration('JenkinsLambdaFunction'),
      HttpApiIntegrationEvents: integration('EventsLambdaFunction'),
    })
    expect(Object.values(propertiesOf(made.template, 'AWS::ApiGatewayV2::Route'))).toEqual([
      route('POST /github', 'HttpApiIntegrationGithub'),
      route('POST /jenkins', 'HttpApiIntegrationJenkins'),
      route('POST /jenkins/{token}', 'HttpApiIntegrationJenkins'),
      route('POST /events', 'HttpApiIntegrationEvents'),
    ])
  })

  test("gives each function Lambda's newest Node, arm64, a role of its own, and the names of its own secrets", () => {
    expect(propertiesOf(made.template, 'AWS::Lambda::Function')).toEqual({
      GithubLambdaFunction: lambda('github', 'GithubRole', "Turns GitHub's webhooks into spans.", {
        ...ENVIRONMENT,
        GITHUB_WEBHOOK_SECRET_PARAMETER: '/valuestream/dev/github-webhook-secret',
      }),
      JenkinsLambdaFunction: lambda('jenkins', 'JenkinsRole', 'Turns what Jenkins reports into spans.', {
        ...ENVIRONMENT,
        JENKINS_WEBHOOK_TOKEN_PARAMETER: '/valuestream/dev/jenkins-webhook-token',
      }),
      EventsLambdaFunction: lambda('events', 'EventsRole', 'Turns CDEvents and events of your own into spans.', {
        ...ENVIRONMENT,
        EVENTS_WEBHOOK_SECRET_PARAMETER: '/valuestream/dev/events-webhook-secret',
      }),
      SweepLambdaFunction: lambda(
        'sweep',
        'SweepRole',
        'Exports what waits in the table, and gives up runs that are heard of no more.',
        ENVIRONMENT,
        55,
      ),
      RedeliverLambdaFunction: lambda(
        'redeliver',
        'RedeliverRole',
        'Has GitHub deliver again what it could not deliver.',
        { ...ENVIRONMENT, GITHUB_TOKEN_PARAMETER: '/valuestream/dev/github-token', GITHUB_HOOKS: '' },
        55,
      ),
      CommentLambdaFunction: lambda(
        'comment',
        'CommentRole',
        'Comments on closed issues and pull requests where their time went.',
        {
          ...ENVIRONMENT,
          GITHUB_TOKEN_PARAMETER: '/valuestream/dev/github-token',
          TRACE_COMMENTS: 'off',
          TRACE_URL: '',
        },
        55,
      ),
    })
  })

  test('allows each function its own log, five calls on the table, and its own two parameters', () => {
    const identities = Object.entries(made.template.Resources).filter(([, { Type }]) => Type.startsWith('AWS::IAM::'))
    expect(Object.fromEntries(identities)).toEqual({
      GithubRole: { Type: 'AWS::IAM::Role', Properties: role('GithubLogGroup', 'github', 'github-webhook-secret') },
      JenkinsRole: { Type: 'AWS::IAM::Role', Properties: role('JenkinsLogGroup', 'jenkins', 'jenkins-webhook-token') },
      EventsRole: { Type: 'AWS::IAM::Role', Properties: role('EventsLogGroup', 'events', 'events-webhook-secret') },
      SweepRole: { Type: 'AWS::IAM::Role', Properties: sweepRole() },
      RedeliverRole: { Type: 'AWS::IAM::Role', Properties: redeliverRole() },
      JenkinsQueuePermission: QUEUE_PERMISSION,
      CommentRole: { Type: 'AWS::IAM::Role', Properties: logsOnlyRole('CommentLogGroup', 'comment') },
      CommentPermission: COMMENT.CommentPermission,
    })
    expect(JSON.stringify(identities)).not.toContain('*')
  })

  test('runs the sweep every minute, and redelivers every ten', () => {
    const { CommentSchedule, ...rules } = propertiesOf(made.template, 'AWS::Events::Rule')
    expect(Object.values(rules)).toEqual([
      {
        ScheduleExpression: 'rate(1 minute)',
        State: 'ENABLED',
        Targets: [{ Arn: { 'Fn::GetAtt': ['SweepLambdaFunction', 'Arn'] }, Id: 'sweepSchedule' }],
      },
      {
        ScheduleExpression: 'rate(10 minutes)',
        State: 'ENABLED',
        Targets: [{ Arn: { 'Fn::GetAtt': ['RedeliverLambdaFunction', 'Arn'] }, Id: 'redeliverSchedule' }],
      },
    ])
  })

  test('keeps the table when the stack goes, restorable, encrypted, with an expiry and a sparse outbox', () => {
    expect(made.template.Resources.ContextTable).toEqual(TABLE)
  })

  test('keeps every log for 30 days', () => {
    expect(propertiesOf(made.template, 'AWS::Logs::LogGroup')).toEqual({
      GithubLogGroup: { LogGroupName: '/aws/lambda/valuestream-dev-github', RetentionInDays: 30 },
      JenkinsLogGroup: { LogGroupName: '/aws/lambda/valuestream-dev-jenkins', RetentionInDays: 30 },
      EventsLogGroup: { LogGroupName: '/aws/lambda/valuestream-dev-events', RetentionInDays: 30 },
      SweepLogGroup: { LogGroupName: '/aws/lambda/valuestream-dev-sweep', RetentionInDays: 30 },
      RedeliverLogGroup: { LogGroupName: '/aws/lambda/valuestream-dev-redeliver', RetentionInDays: 30 },
      CommentLogGroup: { LogGroupName: '/aws/lambda/valuestream-dev-comment', RetentionInDays: 30 },
      HttpApiLogGroup: { LogGroupName: '/aws/http-api/valuestream-dev', RetentionInDays: 30 },
    })
  })

  test('throttles the API, and logs no path, query or header, any of which can hold a token', () => {
    expect(propertiesOf(made.template, 'AWS::ApiGatewayV2::Stage')).toEqual({ HttpApiStage: STAGE })
    expect(STAGE.AccessLogSettings.Format).not.toMatch(/path|query|header|userAgent|authorizer/i)
  })

  test('tells the URLs to register and the name of the table', () => {
    expect(made.template.Outputs).toMatchObject(OUTPUTS)
  })

  test('has an alarm for what must not happen, which tells a topic where one is given', () => {
    const { JenkinsDeadLetterAlarm, CommentErrorsAlarm, CommentThrottlesAlarm, ...alarms } = propertiesOf(
      made.template,
      'AWS::CloudWatch::Alarm',
    )
    expect(alarms).toEqual(ALARMS)
    expect(made.template.Conditions.HasAlarmTopic).toEqual({ 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] })
  })

  test('has a dashboard of the stage', () => {
    expect(shownOn(propertiesOf(made.template, 'AWS::CloudWatch::Dashboard').Dashboard)).toEqual(DASHBOARD)
  })

  test('has a topic for Jenkins only where it is switched on: encrypted, retried, and written to by nobody else', () => {
    const { Conditions, Resources, Outputs } = made.template
    expect(Conditions.HasJenkinsTopic).toEqual({ 'Fn::Equals': ['off', 'on'] })
    const ofTopic = Object.entries(Resources).filter(
      ([, { Type, Condition }]) => Condition === 'HasJenkinsTopic' || /^AWS::(?:SNS|SQS)::|EventSource/.test(Type),
    )
    expect(Object.fromEntries(ofTopic)).toEqual(QUEUE)
    expect(Outputs.JenkinsTopicArn).toEqual({
      Condition: 'HasJenkinsTopic',
      Description: 'Topic that the Statistics Gatherer publishes to',
      Value: { Ref: 'JenkinsTopic' },
    })
  })

  test('comments on what was closed only where it is switched on: else nothing runs it, and it may only log', () => {
    const { Conditions, Resources } = made.template
    expect(Conditions.HasTraceComments).toEqual({ 'Fn::Equals': ['off', 'on'] })
    const conditional = Object.entries(Resources).filter(([, { Condition }]) => Condition === 'HasTraceComments')
    expect(Object.fromEntries(conditional)).toEqual(COMMENT)
    const mentioning = Object.entries(Resources).filter(
      ([id, resource]) => !(id in COMMENT) && JSON.stringify(resource).includes('CommentLambdaFunction'),
    )
    expect(mentioning.map(([id]) => id)).toEqual([])
  })

  test('takes another backend by one setting, and has secrets of its own for every stage', async () => {
    const endpoint = 'otlp-traces-endpoint=https://collector.example.com/v1/traces'
    const { Metadata: _, ...settings } = await resolved(made, [...PROD, '--param', endpoint])
    expect(settings).toEqual({
      stage: 'prod',
      region: 'eu-west-1',
      environment: {
        ...ENVIRONMENT,
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector.example.com/v1/traces',
        OTEL_EXPORTER_OTLP_HEADERS_PARAMETER: '/valuestream/prod/otlp-headers',
        STAGE: 'prod',
      },
      secrets: {
        github: '/valuestream/prod/github-webhook-secret',
        jenkins: '/valuestream/prod/jenkins-webhook-token',
        events: '/valuestream/prod/events-webhook-secret',
        githubToken: '/valuestream/prod/github-token',
        otlpHeaders: '/valuestream/prod/otlp-headers',
      },
    })
  })

  test('notes in the template what it was told, for the next deployment to keep', async () => {
    const written = writtenParams(made.folder, 'prod')
    expect(settingsIn(made.template)).toEqual({ params: written.default, defaults: written.default })
    const told = {
      ...{ 'alarm-topic-arn': 'arn:aws:sns:eu-west-1:123456789012:oncall', 'throttle-rate': '50' },
      ...{ 'jenkins-job-repositories': 'shop-deploy=acme/shop, platform/*=acme/platform', 'jenkins-topic': 'on' },
    }
    const given = Object.entries(told).flatMap(([name, value]) => ['--param', `${name}=${value}`])
    const deployed = settingsIn(await resolved(made, [...PROD, ...given]))
    expect(deployed).toEqual({ params: { ...written.default, ...told }, defaults: written.default })
    expect(toldParams({}, deployed ?? NOTHING_DEPLOYED, written)).toEqual(told)
  })
})

const SECRET = 'from-the-parameter-store'
/** That of events is base64, as Standard Webhooks has it. */
const [EVENTS_SECRET, GUESSED_SECRET] = ['from the parameter store', 'guessed'].map(
  (text) => `whsec_${Buffer.from(text).toString('base64')}`,
)
const issue = JSON.stringify(issuesPayload('closed', { state: 'closed', closed_at: '2019-05-16T15:20:18Z' }))
const pullRequest = JSON.stringify(pullRequestPayload('opened', {}))
const build = JSON.stringify(gathererEnd())
/** Twice the same thing at another time, so that it changes its place in the history of its repository. */
const pushes = [1557933900, 1557933800].map((pushed_at) => {
  const { repository } = pushPayload({})
  return JSON.stringify(pushPayload({ repository: { ...(repository as object), pushed_at } }))
})
const deploys = ['QUEUED', 'STARTED'].map((phase, index) =>
  JSON.stringify({
    ...notification({
      full_url: 'https://ci.acme.com/job/shop-deploy/1/',
      phase,
      timestamp: 1_557_933_700_000 + index,
      scm: { url: 'https://github.com/acme/shop' },
    }),
    name: 'shop-deploy',
    url: 'job/shop-deploy/',
  }),
)
const customDeploys = ['updated', 'started'].map((status, index) =>
  JSON.stringify(release({ type: 'deploy', status, repository: 'acme/shop', time: `2026-03-01T12:00:0${index}Z` })),
)

const github = (event: string, body: string, secret: string) =>
  httpApiEvent('POST /github', body, {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-hub-signature-256': sign(body, secret),
  })
const event = (body: string, secret = '') => httpApiEvent('POST /events', body, signedHeaders(body, secret))
const jenkins = (body: string, token: string) =>
  httpApiEvent('POST /jenkins/{token}', body, {}, { pathParameters: { token } })

describe.each([
  {
    name: 'github',
    roleId: 'GithubRole',
    secret: 'github-webhook-secret',
    events: [
      github('issues', issue, 'guessed'),
      github('pull_request', pullRequest, SECRET),
      ...pushes.map((push) => github('push', push, SECRET)),
      github('issues', issue, SECRET),
    ],
    statuses: [401, 202, 202, 202, 202],
    span: 'issue',
  },
  {
    name: 'jenkins',
    roleId: 'JenkinsRole',
    secret: 'jenkins-webhook-token',
    events: [jenkins(build, 'guessed'), ...[...deploys, build].map((body) => jenkins(body, SECRET))],
    statuses: [401, 202, 202, 202],
    span: 'build',
  },
  {
    name: 'events',
    roleId: 'EventsRole',
    secret: 'events-webhook-secret',
    value: EVENTS_SECRET,
    packages: ['node_modules/@stablelib', 'node_modules/fast-sha256', 'node_modules/standardwebhooks'],
    events: [
      event(JSON.stringify(release()), GUESSED_SECRET),
      ...[...customDeploys, JSON.stringify(release())].map((body) => event(body, EVENTS_SECRET)),
    ],
    statuses: [401, 202, 202, 202],
    span: 'release',
  },
])('the zip of $name', ({ name, roleId, secret, value = SECRET, packages = [], events, statuses, span }) => {
  test('holds one file, made of its own code and of few packages', async () => {
    const { text, sources, runtime } = await rebundled(made.folder, name)
    const [[path, packaged] = [], ...others] = Object.entries(made.zips[name] ?? {})
    expect({ path, others: others.map(([other]) => other), isWhatIsAnalysed: packaged === text }).toEqual({
      path: `functions/${name}/handler.js`,
      others: [],
      isWhatIsAnalysed: true,
    })
    expect(placesOf(sources)).toEqual(
      [
        `functions/${name}`,
        'functions/parts.ts',
        'functions/webhook.ts',
        'lib/aws',
        'lib/delivery',
        'lib/dynamodb',
        `lib/${name}`,
        'lib/http',
        'lib/lambda',
        'lib/otlp',
        'lib/record',
        'lib/settings',
        'node_modules/@aws-sdk',
        'node_modules/@opentelemetry',
        'node_modules/zod',
        ...packages,
      ].sort(),
    )
    expect(runtime).toEqual([])
  })

  test('works alone on plain Node as the template configures it, and calls all that its role allows, and no more', async () => {
    const account = await openAccount({
      [`/valuestream/dev/${secret}`]: value,
      '/valuestream/dev/otlp-headers': 'lightstep-access-token=t0ken',
    })
    try {
      expect(await invoked(made, name, account.environment, events)).toEqual({ exports: ['handler'], statuses })
      expect(account.exported()).toEqual([{ span, path: '/traces', token: 't0ken' }])
      expect(account.calls()).toEqual({
        'ssm:GetParameters': [`/valuestream/dev/${secret}`, '/valuestream/dev/otlp-headers'],
        'dynamodb:BatchGetItem': ['contexts'],
        'dynamodb:DeleteItem': ['contexts'],
        'dynamodb:PutItem': ['contexts'],
        'dynamodb:Query': ['contexts'],
        'dynamodb:UpdateItem': ['contexts'],
      })
      expect(Object.keys(account.calls()).sort()).toEqual(
        actionsOf(made.template, roleId).filter((action) => !action.startsWith('logs:')),
      )
    } finally {
      await account.close()
    }
  })
})

test('the zip of sweep works alone on plain Node, and calls nothing that its role does not allow', async () => {
  const account = await openAccount({ '/valuestream/dev/otlp-headers': 'lightstep-access-token=t0ken' })
  try {
    expect(await invoked(made, 'sweep', account.environment, [{}])).toEqual({ exports: ['handler'], statuses: [null] })
    expect(account.calls()).toEqual({
      'ssm:GetParameters': ['/valuestream/dev/otlp-headers'],
      'dynamodb:Query': ['contexts'],
    })
    expect(actionsOf(made.template, 'SweepRole')).toEqual(expect.arrayContaining(Object.keys(account.calls())))
  } finally {
    await account.close()
  }
})

test('the zip of redeliver works alone on plain Node, calls all that its role allows, and nothing without a hook', async () => {
  const account = await openAccount({ '/valuestream/dev/github-token': TOKEN })
  const github = await openGithub()
  try {
    const { text, sources } = await rebundled(made.folder, 'redeliver')
    expect(made.zips.redeliver).toEqual({ 'functions/redeliver/handler.js': text })
    expect(placesOf(sources)).toEqual(
      expect.arrayContaining(['lib/github-api', 'lib/redeliver', 'node_modules/@octokit']),
    )
    const result = { exports: ['handler'], statuses: [null] }
    expect(await invoked(made, 'redeliver', account.environment, [{}])).toEqual(result)
    expect(account.calls()).toEqual({})
    const id = github.add('/repos/acme/shop/hooks/123', 'guid', 503, Date.now() - 3_600_000)
    const environment = { ...account.environment, GITHUB_HOOKS: 'acme/shop#123', GITHUB_API_URL: github.url }
    expect(await invoked(made, 'redeliver', environment, [{}])).toEqual(result)
    expect(github.posts()).toEqual([`POST /repos/acme/shop/hooks/123/deliveries/${id}/attempts`])
    expect(account.calls()).toEqual({
      'ssm:GetParameters': ['/valuestream/dev/github-token'],
      'dynamodb:GetItem': ['contexts'],
      'dynamodb:PutItem': ['contexts'],
    })
    expect(Object.keys(account.calls()).sort()).toEqual(
      actionsOf(made.template, 'RedeliverRole')
        .filter((action) => !action.startsWith('logs:'))
        .sort(),
    )
  } finally {
    await Promise.all([account.close(), github.close()])
  }
})

test('the zip of comment works alone on plain Node, calls nothing that it is not allowed, and nothing where it is off', async () => {
  const [account, threads] = await Promise.all([
    openAccount({
      '/valuestream/dev/github-token': TOKEN,
      '/valuestream/dev/github-webhook-secret': SECRET,
      '/valuestream/dev/otlp-headers': 'lightstep-access-token=t0ken',
    }),
    openThreads(),
  ])
  try {
    const { text, sources } = await rebundled(made.folder, 'comment')
    expect(made.zips.comment).toEqual({ 'functions/comment/handler.js': text })
    expect(placesOf(sources)).toEqual(
      expect.arrayContaining(['lib/comment', 'lib/github-api', 'lib/dynamodb', 'node_modules/@octokit']),
    )
    const result = { exports: ['handler'], statuses: [null] }
    expect(await invoked(made, 'comment', account.environment, [{}])).toEqual(result)
    expect(account.calls()).toEqual({})
    const url = 'https://jaeger.example.com/trace/{traceId}'
    const on = { ...account.environment, TRACE_COMMENTS: 'on', TRACE_URL: url, GITHUB_API_URL: threads.url }
    expect(await invoked(made, 'comment', on, [{}, {}])).toEqual({ ...result, statuses: [null, null] })
    expect(account.calls()).toEqual({
      'ssm:GetParameters': ['/valuestream/dev/github-token'],
      'dynamodb:GetItem': ['contexts'],
      'dynamodb:PutItem': ['contexts'],
      'dynamodb:Query': ['contexts'],
    })
    const allowed = COMMENT.CommentPermission.Properties.PolicyDocument.Statement.flatMap(({ Action }) => Action)
    expect(allowed).toEqual(expect.arrayContaining(Object.keys(account.calls())))
    await invoked(made, 'github', account.environment, [github('issues', closedNow(), SECRET)])
    expect(await invoked(made, 'comment', on, [{}, {}])).toEqual({ ...result, statuses: [null, null] })
    expect(threads.requests).toEqual(['GET', 'POST'].map((method) => `${method} /repos/acme/shop/issues/1/comments`))
  } finally {
    await Promise.all([account.close(), threads.close()])
  }
})

/** An issue of acme/shop that was closed this moment, since what ended long ago is not commented on. */
const closedNow = (): string => {
  const { repository } = issuesPayload('closed', {})
  const at = new Date().toISOString()
  return JSON.stringify(
    issuesPayload(
      'closed',
      { state: 'closed', created_at: at, updated_at: at, closed_at: at },
      {
        repository: {
          ...(repository as object),
          name: 'shop',
          owner: { login: 'acme' },
          html_url: 'https://github.com/acme/shop',
        },
      },
    ),
  )
}
