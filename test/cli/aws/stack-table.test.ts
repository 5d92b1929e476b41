import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { mockClient } from 'aws-sdk-client-mock'
import { tableOfStage } from '../../../cli/aws/stack-table.ts'

const client = new CloudFormationClient({ region: 'eu-west-1' })
const cloudFormation = mockClient(client)
const stack = { StackName: 'valuestream-prod', CreationTime: new Date(0), StackStatus: 'UPDATE_COMPLETE' } as const

beforeEach(() => {
  cloudFormation.reset()
})

describe('the table of a stage', () => {
  it('is the output of its stack', async () => {
    const Outputs = [
      { OutputKey: 'HttpApiUrl', OutputValue: 'https://x' },
      { OutputKey: 'TableName', OutputValue: 'valuestream-prod-ContextTable-1' },
    ]
    cloudFormation
      .on(DescribeStacksCommand, { StackName: 'valuestream-prod' })
      .resolves({ Stacks: [{ ...stack, Outputs }] })
    expect(await tableOfStage('prod', client)).toBe('valuestream-prod-ContextTable-1')
  })

  it('is told to be named where there is no such stack, or none may be read', async () => {
    cloudFormation.on(DescribeStacksCommand).rejects(new Error('Stack with id valuestream-x does not exist'))
    await expect(tableOfStage('x', client)).rejects.toThrow(
      'There is no stack valuestream-x in this region: name another with --stage and --region, or deploy it. Or name the table with --table.',
    )
    cloudFormation.on(DescribeStacksCommand).rejects(new Error('Region is missing'))
    await expect(tableOfStage('x', client)).rejects.toThrow(
      'The stack valuestream-x cannot be read. Name the region with --region or AWS_REGION. Or name the table with --table.',
    )
  })

  it('is missed where the stack has no such output', async () => {
    cloudFormation.on(DescribeStacksCommand).resolves({ Stacks: [stack] })
    await expect(tableOfStage('prod', client)).rejects.toThrow(
      'The stack valuestream-prod has no output TableName: deploy it anew. Or name the table with --table.',
    )
  })
})
