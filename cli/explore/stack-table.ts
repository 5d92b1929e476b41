import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { refusal } from '../../local/refusal.ts'
import { remedyOf } from '../aws/problem.ts'

/**
 * The table of a deployed stage: the output TableName of its stack. Takes cloudformation:DescribeStacks.
 *
 * @throws Refusal when there is no such stack, or it cannot be asked for
 */
export const tableOfStage = async (stage: string, client = new CloudFormationClient({})): Promise<string> => {
  const stack = `valuestream-${stage}`
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((cause: unknown) => {
    throw refusal(`The stack ${stack} cannot be read. ${remedyOf(cause)} Or name the table with --table.`, cause)
  })
  const name = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'TableName')?.OutputValue
  if (name === undefined)
    throw refusal(`The stack ${stack} has no output TableName: deploy it anew, or name the table.`)
  return name
}
