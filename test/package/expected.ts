/** What every function of stage `dev` is told. */
export const ENVIRONMENT = {
  TABLE_NAME: { Ref: 'ContextTable' },
  STAGE: 'dev',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: '',
  BACKEND_PROFILE: 'lightstep',
  OTEL_EXPORTER_OTLP_HEADERS_PARAMETER: '/valuestream/dev/otlp-headers',
  OTEL_EXPORTER_OTLP_TIMEOUT: '5000',
  OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
  GITHUB_HOST: 'github.com',
  JENKINS_JOB_REPOSITORIES: '',
}

export const lambda = (name: string, roleId: string, description: string, environment: object, timeout = 15) => ({
  FunctionName: `valuestream-dev-${name}`,
  Description: description,
  Handler: `functions/${name}/handler.handler`,
  Runtime: 'nodejs24.x',
  Architectures: ['arm64'],
  MemorySize: 512,
  Timeout: timeout,
  Environment: { Variables: environment },
  Role: { 'Fn::GetAtt': [roleId, 'Arn'] },
  Code: {
    S3Bucket: { Ref: 'ServerlessDeploymentBucket' },
    S3Key: expect.stringMatching(new RegExp(`^serverless/valuestream/dev/[^/]+/${name}\\.zip$`)),
  },
})

const TABLE_CALLS = {
  Effect: 'Allow',
  Action: ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  Resource: { 'Fn::GetAtt': ['ContextTable', 'Arn'] },
}

/** The sweep has no secret of a source, and reads the index of what is due. */
export const sweepRole = () => {
  const [policy] = role('SweepLogGroup', 'sweep', '').Policies
  const [logs] = policy?.PolicyDocument.Statement ?? []
  return {
    ...role('SweepLogGroup', 'sweep', ''),
    Policies: [
      {
        PolicyName: 'sweep',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            logs,
            TABLE_CALLS,
            { Effect: 'Allow', Action: 'dynamodb:Query', Resource: { 'Fn::Sub': '${ContextTable.Arn}/index/due' } },
            { Effect: 'Allow', Action: 'ssm:GetParameters', Resource: parameter('otlp-headers') },
          ],
        },
      },
    ],
  }
}

/** Redelivering has GitHub's token alone, and reads and writes single items. */
export const redeliverRole = () => {
  const [policy] = role('RedeliverLogGroup', 'redeliver', '').Policies
  const [logs] = policy?.PolicyDocument.Statement ?? []
  return {
    ...role('RedeliverLogGroup', 'redeliver', ''),
    Policies: [
      {
        PolicyName: 'redeliver',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            logs,
            { ...TABLE_CALLS, Action: ['dynamodb:GetItem', 'dynamodb:PutItem'] },
            { Effect: 'Allow', Action: 'ssm:GetParameters', Resource: parameter('github-token') },
          ],
        },
      },
    ],
  }
}

export const role = (logGroup: string, policyName: string, secret: string) => ({
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  },
  Policies: [
    {
      PolicyName: policyName,
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] },
          },
          TABLE_CALLS,
          { Effect: 'Allow', Action: 'ssm:GetParameters', Resource: [parameter(secret), parameter('otlp-headers')] },
        ],
      },
    },
  ],
})

/** A function that may do nothing but log, unless more is granted to it under a condition. */
export const logsOnlyRole = (logGroup: string, policyName: string) => {
  const whole = role(logGroup, policyName, '')
  const [logs] = whole.Policies[0]?.PolicyDocument.Statement ?? []
  return {
    ...whole,
    Policies: [{ PolicyName: policyName, PolicyDocument: { Version: '2012-10-17', Statement: [logs] } }],
  }
}

const parameter = (name: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/valuestream/dev/${name}`,
})

export const integration = (functionId: string) => ({
  ApiId: { Ref: 'HttpApi' },
  IntegrationType: 'AWS_PROXY',
  IntegrationUri: { 'Fn::GetAtt': [functionId, 'Arn'] },
  PayloadFormatVersion: '2.0',
  TimeoutInMillis: 30_000,
})

export const route = (routeKey: string, integrationId: string) => ({
  ApiId: { Ref: 'HttpApi' },
  RouteKey: routeKey,
  Target: { 'Fn::Join': ['/', ['integrations', { Ref: integrationId }]] },
})

export const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'dueShard', AttributeType: 'S' },
      { AttributeName: 'dueMillis', AttributeType: 'N' },
      { AttributeName: 'changedShard', AttributeType: 'S' },
      { AttributeName: 'changedMillis', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    TimeToLiveSpecification: { AttributeName: 'expiresAtSeconds', Enabled: true },
    GlobalSecondaryIndexes: [
      {
        IndexName: 'due',
        KeySchema: [
          { AttributeName: 'dueShard', KeyType: 'HASH' },
          { AttributeName: 'dueMillis', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['unsentMillis'] },
      },
      {
        IndexName: 'changes',
        KeySchema: [
          { AttributeName: 'changedShard', KeyType: 'HASH' },
          { AttributeName: 'changedMillis', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['version'] },
      },
    ],
  },
}

export const STAGE = {
  ApiId: { Ref: 'HttpApi' },
  StageName: '$default',
  AutoDeploy: true,
  DefaultRouteSettings: { DetailedMetricsEnabled: false, ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
  AccessLogSettings: {
    DestinationArn: { 'Fn::GetAtt': ['HttpApiLogGroup', 'Arn'] },
    Format:
      '{"requestId":"$context.requestId", "timeMillis":"$context.requestTimeEpoch", ' +
      '"sourceIp":"$context.identity.sourceIp", "routeKey":"$context.routeKey", "status":"$context.status", ' +
      '"responseBytes":"$context.responseLength", "responseMillis":"$context.responseLatency", ' +
      '"integrationMillis":"$context.integrationLatency", ' +
      '"functionRequestId":"$context.awsEndpointRequestId", "error":"$context.error.message", ' +
      '"integrationError":"$context.integrationErrorMessage"}',
  },
}

const url = (path: string) => `https://\${HttpApi}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}${path}`

export const OUTPUTS = {
  GithubWebhookUrl: { Value: { 'Fn::Sub': url('/github') } },
  JenkinsWebhookUrl: { Value: { 'Fn::Sub': url('/jenkins') } },
  EventsUrl: { Value: { 'Fn::Sub': url('/events') } },
  TableName: { Value: { Ref: 'ContextTable' } },
  Version: { Value: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
}
