import { CloudFormationClient, DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation'
import { mockClient } from 'aws-sdk-client-mock'
import { stageSettings } from '../../../cli/import/target/stage-settings.ts'
import { placeOf, secretOf } from '../../../cli/webhooks/place.ts'

import type { SecretSetting } from '../../../lib/settings/settings.ts'

const GITHUB_URL = 'https://abc.execute-api.eu-west-1.amazonaws.com/github'
const JENKINS_URL = 'https://abc.execute-api.eu-west-1.amazonaws.com/jenkins'

const aws = mockClient(CloudFormationClient)
const client = new CloudFormationClient({ region: 'eu-west-1' })
beforeEach(() => aws.reset())

describe('where webhooks are sent', () => {
  it('is what the stack of the stage puts out', async () => {
    const Outputs = [
      { OutputKey: 'GithubWebhookUrl', OutputValue: GITHUB_URL },
      { OutputKey: 'JenkinsWebhookUrl', OutputValue: JENKINS_URL },
    ]
    aws.on(DescribeStacksCommand, { StackName: 'valuestream-prod' }).resolves({
      Stacks: [{ StackName: 'valuestream-prod', CreationTime: new Date(0), StackStatus: 'UPDATE_COMPLETE', Outputs }],
    })
    expect(await placeOf({ stage: 'prod' }, client)).toEqual({ githubUrl: GITHUB_URL, jenkinsUrl: JENKINS_URL })
  })

  it('is the address that is given', async () => {
    expect(await placeOf({ url: `${GITHUB_URL}/` })).toEqual({ githubUrl: GITHUB_URL, jenkinsUrl: JENKINS_URL })
  })

  it('must be said', async () => {
    await expect(placeOf({})).rejects.toThrow('Say where to')
    await expect(placeOf({ url: JENKINS_URL })).rejects.toThrow('which ends in /github')
    aws.on(DescribeStacksCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }))
    await expect(placeOf({ stage: 'prod' }, client)).rejects.toThrow('The stack valuestream-prod cannot be read.')
  })
})

describe('the secret of the webhooks', () => {
  const parameters = () => ({
    read: async (stage: string, settings: readonly SecretSetting[]) =>
      Promise.resolve(new Map(settings.map((setting) => [setting, { type: 'SecureString', value: `${stage},c` }]))),
  })

  it('is the first one of the environment, or else of the parameter of the stage', async () => {
    const env = { GITHUB_WEBHOOK_SECRET: 'a, b' }
    expect(await secretOf('GITHUB_WEBHOOK_SECRET', 'prod', env, parameters)).toBe('a')
    expect(await secretOf('GITHUB_WEBHOOK_SECRET', 'prod', {}, parameters)).toBe('prod')
    expect(await secretOf('GITHUB_WEBHOOK_SECRET', undefined, {}, parameters)).toBeUndefined()
  })
})

describe('what an import is told by the stack that it goes into', () => {
  const templateOf = (variables: object) =>
    JSON.stringify({
      Resources: {
        ContextTable: { Type: 'AWS::DynamoDB::Table' },
        GithubLambdaFunction: {
          Type: 'AWS::Lambda::Function',
          Properties: { Environment: { Variables: { TABLE_NAME: { Ref: 'ContextTable' }, ...variables } } },
        },
      },
    })

  it('is the host of GitHub and the repositories of jobs', async () => {
    const variables = { GITHUB_HOST: 'GitHub.Acme.com', JENKINS_JOB_REPOSITORIES: 'shop-deploy=acme/shop' }
    aws.on(GetTemplateCommand, { StackName: 'valuestream-prod' }).resolves({ TemplateBody: templateOf(variables) })
    expect(await stageSettings('prod', client)).toEqual({
      githubHost: 'github.acme.com',
      jobRepositories: 'shop-deploy=acme/shop',
    })
  })

  it('is nothing where the template may not be read', async () => {
    aws.on(GetTemplateCommand).rejects(new Error('AccessDenied'))
    expect(await stageSettings('prod', client)).toBeUndefined()
  })
})
