import { readFileSync } from 'node:fs'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb'
import { GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { mockClient } from 'aws-sdk-client-mock'
import { parse } from 'yaml'
import { PARAMETERS, parameterName, ssmParameters } from '../../../cli/aws/parameters.ts'
import { orRefuse, remedyOf } from '../../../cli/aws/problem.ts'
import { readStack, stackOutput } from '../../../cli/aws/stack.ts'
import { readTableState } from '../../../cli/aws/table-state.ts'

const REGION = { region: 'eu-west-1' }

describe('the stack of a stage', () => {
  const client = new CloudFormationClient(REGION)
  const cloudFormation = mockClient(client)
  beforeEach(() => void cloudFormation.reset())
  const stack = { StackName: 'valuestream-prod', CreationTime: new Date(0), StackStatus: 'UPDATE_COMPLETE' } as const

  it('is told with its outputs', async () => {
    const Outputs = [{ OutputKey: 'EventsUrl', OutputValue: 'https://x/events' }]
    cloudFormation
      .on(DescribeStacksCommand, { StackName: 'valuestream-prod' })
      .resolves({ Stacks: [{ ...stack, Outputs }] })
    expect(await readStack('prod', client)).toEqual({
      ...{ name: 'valuestream-prod', status: 'UPDATE_COMPLETE' },
      outputs: { EventsUrl: 'https://x/events' },
    })
    expect(await stackOutput('prod', 'EventsUrl', client)).toBe('https://x/events')
    await expect(stackOutput('prod', 'TableName', client)).rejects.toThrow(
      'The stack valuestream-prod has no output TableName: deploy it anew.',
    )
  })

  it('is absent where nothing is deployed, and refused where AWS cannot tell', async () => {
    cloudFormation.on(DescribeStacksCommand).rejects(new Error('Stack with id valuestream-x does not exist'))
    expect(await readStack('x', client)).toBeUndefined()
    await expect(stackOutput('x', 'EventsUrl', client)).rejects.toThrow(
      'There is no stack valuestream-x in this region: name another with --stage and --region, or deploy it.',
    )
    cloudFormation
      .on(DescribeStacksCommand)
      .rejects(Object.assign(new Error('The token is expired'), { name: 'ExpiredToken' }))
    await expect(readStack('x', client)).rejects.toThrow(
      'The stack valuestream-x cannot be read. The AWS credentials of this shell have expired: sign in again.',
    )
  })
})

describe('the parameters of a stage', () => {
  const client = new SSMClient(REGION)
  const ssm = mockClient(client)
  beforeEach(() => void ssm.reset())

  it('are those of infra/secrets.yml', () => {
    const file: unknown = parse(readFileSync('infra/secrets.yml', 'utf8'))
    const names = Object.keys(PARAMETERS) as (keyof typeof PARAMETERS)[]
    expect(names.map((setting) => parameterName('prod', setting)).sort()).toEqual(
      Object.values(file as Record<string, string>)
        .map((name) => name.replace(/\$\{sls:stage\}/, 'prod'))
        .sort(),
    )
  })

  it('are told apart from those that are missing, and shown only when asked for', async () => {
    ssm
      .on(GetParametersCommand, {
        Names: ['/valuestream/prod/github-webhook-secret', '/valuestream/prod/otlp-headers'],
        WithDecryption: false,
      })
      .resolves({
        Parameters: [{ Name: '/valuestream/prod/otlp-headers', Type: 'SecureString', Value: 'encrypted' }],
        InvalidParameters: ['/valuestream/prod/github-webhook-secret'],
      })
    const read = (decrypted: boolean) =>
      ssmParameters(client).read('prod', ['GITHUB_WEBHOOK_SECRET', 'OTEL_EXPORTER_OTLP_HEADERS'], { decrypted })
    expect(await read(false)).toEqual(new Map([['OTEL_EXPORTER_OTLP_HEADERS', { type: 'SecureString' }]]))
    ssm.on(GetParametersCommand).resolves({
      Parameters: [{ Name: '/valuestream/prod/otlp-headers', Type: 'SecureString', Value: 'a=b' }],
    })
    expect(await read(true)).toEqual(new Map([['OTEL_EXPORTER_OTLP_HEADERS', { type: 'SecureString', value: 'a=b' }]]))
  })

  it('are stored encrypted, and not over another one', async () => {
    ssm.on(PutParameterCommand).resolves({})
    await ssmParameters(client).put('prod', 'JENKINS_WEBHOOK_TOKEN', 'token', false)
    expect(ssm.commandCalls(PutParameterCommand)[0]?.args[0].input).toEqual({
      ...{ Name: '/valuestream/prod/jenkins-webhook-token', Type: 'SecureString', Value: 'token', Overwrite: false },
    })
    ssm.on(PutParameterCommand).rejects(Object.assign(new Error('no'), { name: 'ParameterAlreadyExists' }))
    await expect(ssmParameters(client).put('prod', 'JENKINS_WEBHOOK_TOKEN', 'token', false)).rejects.toThrow(
      'The parameter /valuestream/prod/jenkins-webhook-token cannot be stored. AWS says: ParameterAlreadyExists: no.',
    )
  })
})

it('tells of a table what infra/table.yml wants of it', async () => {
  const client = new DynamoDBClient(REGION)
  const dynamoDb = mockClient(client)
  const key = (...names: string[]) => names.map((AttributeName) => ({ AttributeName, KeyType: 'HASH' as const }))
  dynamoDb.on(DescribeTableCommand, { TableName: 'contexts' }).resolves({
    Table: {
      ...{ TableStatus: 'ACTIVE', ItemCount: 7, DeletionProtectionEnabled: true, KeySchema: key('pk', 'sk') },
      GlobalSecondaryIndexes: [
        { IndexName: 'due', KeySchema: key('dueShard', 'dueMillis') },
        { IndexName: 'changes', KeySchema: key('changedShard', 'changedMillis') },
      ],
    },
  })
  dynamoDb
    .on(DescribeTimeToLiveCommand)
    .resolves({ TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAtSeconds' } })
  dynamoDb.on(DescribeContinuousBackupsCommand).resolves({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    },
  })
  expect(await readTableState('contexts', client)).toEqual({
    ...{ status: 'ACTIVE', items: 7, isProtected: true, timeToLive: 'expiresAtSeconds', hasPointInTimeRecovery: false },
    keys: ['table: pk, sk', 'changes: changedShard, changedMillis', 'due: dueShard, dueMillis'],
  })
})

test.each([
  [new Error('Region is missing'), 'Name the region with --region or AWS_REGION.'],
  [
    Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' }),
    'There are no AWS credentials in this shell: sign in, or set AWS_PROFILE.',
  ],
  [
    Object.assign(new Error('User x is not authorized to perform: ssm:GetParameters.'), {
      name: 'AccessDeniedException',
    }),
    'The AWS credentials of this shell may not do this. AWS says: AccessDeniedException: User x is not authorized to perform: ssm:GetParameters.',
  ],
  [
    new Error('away', { cause: Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }) }),
    'AWS cannot be reached from here.',
  ],
  [Object.assign(new Error('odd'), { name: 'Odd' }), 'AWS says: Odd: odd.'],
])('of %s it says what to do', async (error, remedy) => {
  expect(remedyOf(error)).toBe(remedy)
  await expect(orRefuse('It cannot be done', () => Promise.reject(error))).rejects.toThrow(
    `It cannot be done. ${remedy}`,
  )
})
