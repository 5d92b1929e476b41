import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { refusal } from '../../local/refusal.ts'

/**
 * The table of a deployed stage: the output TableName of its stack. Takes cloudformation:DescribeStacks.
 *
 * @throws Refusal when there is no such stack, or it cannot be asked for
 */
export const tableOfStage = async (stage: string, client = new CloudFormationClient({})): Promise<string> => {
  const stack = `valuestream-${stage}`
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((cause: unknown) => {
    throw refusal(`The stack ${stack} cannot be read: ${wordsOf(cause)} Name the table with --table instead.`, cause)
  })
  const name = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'TableName')?.OutputValue
  if (name === undefined)
    throw refusal(`The stack ${stack} has no output TableName: deploy it anew, or name the table.`)
  return name
}

/** What the SDK says, as a sentence: that there is no such stack, no region, or no credentials. */
const wordsOf = (cause: unknown): string => {
  const words = cause instanceof Error ? cause.message.split('\n')[0]?.trim() : undefined
  return words === undefined || words === '' ? 'AWS gave no reason.' : `${words.replace(/\.$/, '')}.`
}
