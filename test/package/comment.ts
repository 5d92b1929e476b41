/** Everything that stands under the condition `HasTraceComments`, as stage `dev` has it. */
const conditional = <P extends object>(Type: string, Properties: P) => ({
  Type,
  Condition: 'HasTraceComments',
  Properties,
})

const TOLD = { 'Fn::If': ['HasAlarmTopic', [''], { Ref: 'AWS::NoValue' }] }
const alarm = (name: string, AlarmDescription: string, MetricName: string) =>
  conditional('AWS::CloudWatch::Alarm', {
    AlarmName: `valuestream-dev-comment-${name}`,
    AlarmDescription,
    AlarmActions: TOLD,
    OKActions: TOLD,
    Namespace: 'AWS/Lambda',
    MetricName,
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'CommentLambdaFunction' } }],
    Statistic: 'Sum',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    Period: 300,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
  })

export const COMMENT = {
  CommentPermission: conditional('AWS::IAM::Policy', {
    PolicyName: 'comment-threads',
    Roles: [{ Ref: 'CommentRole' }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
          Resource: { 'Fn::GetAtt': ['ContextTable', 'Arn'] },
        },
        { Effect: 'Allow', Action: ['dynamodb:Query'], Resource: { 'Fn::Sub': '${ContextTable.Arn}/index/changes' } },
        {
          Effect: 'Allow',
          Action: ['ssm:GetParameters'],
          Resource: {
            'Fn::Sub':
              'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/valuestream/dev/github-token',
          },
        },
      ],
    },
  }),
  CommentSchedule: conditional('AWS::Events::Rule', {
    ScheduleExpression: 'rate(5 minutes)',
    State: 'ENABLED',
    Targets: [{ Id: 'comment', Arn: { 'Fn::GetAtt': ['CommentLambdaFunction', 'Arn'] } }],
  }),
  CommentInvocation: conditional('AWS::Lambda::Permission', {
    FunctionName: { 'Fn::GetAtt': ['CommentLambdaFunction', 'Arn'] },
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: { 'Fn::GetAtt': ['CommentSchedule', 'Arn'] },
  }),
  CommentErrorsAlarm: alarm('errors', 'The function comment has thrown, timed out or crashed.', 'Errors'),
  CommentThrottlesAlarm: alarm('throttles', 'Lambda had no capacity left to run the function comment.', 'Throttles'),
}
