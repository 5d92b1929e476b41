/** Everything that stands under the condition `HasJenkinsTopic`, as stage `dev` has it. */
const conditional = (Type: string, Properties: object, more: object = {}) => ({
  Type,
  Condition: 'HasJenkinsTopic',
  Properties,
  ...more,
})

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })
const NOT_ENCRYPTED = { Bool: { 'aws:SecureTransport': 'false' } }

/** Who may send: the topic, and nobody from outside the account. */
const access = (queue: string) =>
  conditional('AWS::SQS::QueuePolicy', {
    Queues: [{ Ref: queue }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: arnOf(queue),
          Condition: { ArnEquals: { 'aws:SourceArn': { Ref: 'JenkinsTopic' } } },
        },
        { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: arnOf(queue), Condition: NOT_ENCRYPTED },
      ],
    },
  })

/** What the Jenkins function may do beside what its role allows. */
export const QUEUE_PERMISSION = conditional('AWS::IAM::Policy', {
  PolicyName: 'jenkins-queue',
  Roles: [{ Ref: 'JenkinsRole' }],
  PolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        Resource: arnOf('JenkinsQueue'),
      },
    ],
  },
})

const actions = { 'Fn::If': ['HasAlarmTopic', [''], { Ref: 'AWS::NoValue' }] }

export const QUEUE = {
  JenkinsTopic: conditional('AWS::SNS::Topic', { KmsMasterKeyId: 'alias/aws/sns' }),
  JenkinsTopicPolicy: conditional('AWS::SNS::TopicPolicy', {
    Topics: [{ Ref: 'JenkinsTopic' }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sns:Publish',
          Resource: { Ref: 'JenkinsTopic' },
          Condition: NOT_ENCRYPTED,
        },
      ],
    },
  }),
  JenkinsQueue: conditional('AWS::SQS::Queue', {
    SqsManagedSseEnabled: true,
    VisibilityTimeout: 300,
    MessageRetentionPeriod: 4 * 24 * 3600,
    ReceiveMessageWaitTimeSeconds: 20,
    RedrivePolicy: { deadLetterTargetArn: arnOf('JenkinsDeadLetterQueue'), maxReceiveCount: 5 },
  }),
  JenkinsDeadLetterQueue: conditional('AWS::SQS::Queue', {
    SqsManagedSseEnabled: true,
    MessageRetentionPeriod: 14 * 24 * 3600,
  }),
  JenkinsQueueAccess: access('JenkinsQueue'),
  JenkinsDeadLetterQueueAccess: access('JenkinsDeadLetterQueue'),
  JenkinsSubscription: conditional(
    'AWS::SNS::Subscription',
    {
      TopicArn: { Ref: 'JenkinsTopic' },
      Protocol: 'sqs',
      Endpoint: arnOf('JenkinsQueue'),
      RawMessageDelivery: true,
      RedrivePolicy: { deadLetterTargetArn: arnOf('JenkinsDeadLetterQueue') },
    },
    { DependsOn: ['JenkinsQueueAccess', 'JenkinsDeadLetterQueueAccess'] },
  ),
  JenkinsQueuePermission: QUEUE_PERMISSION,
  JenkinsQueueMapping: conditional(
    'AWS::Lambda::EventSourceMapping',
    {
      Enabled: true,
      EventSourceArn: arnOf('JenkinsQueue'),
      FunctionName: arnOf('JenkinsLambdaFunction'),
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 5 },
    },
    { DependsOn: ['JenkinsQueuePermission'] },
  ),
  JenkinsDeadLetterAlarm: conditional('AWS::CloudWatch::Alarm', {
    AlarmName: 'valuestream-dev-jenkins-dead-letters',
    AlarmDescription: 'A message of Jenkins has failed five times. The log of the function jenkins says why.',
    AlarmActions: actions,
    OKActions: actions,
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['JenkinsDeadLetterQueue', 'QueueName'] } }],
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  }),
}
