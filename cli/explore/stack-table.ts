import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { isRefusal, refusal } from '../../local/refusal.ts'
import { noStack, readStack } from '../aws/stack.ts'

/**
 * The table of a deployed stage: the output TableName of its stack. Takes cloudformation:DescribeStacks.
 *
 * @throws Refusal when there is no such stack, or it cannot be asked for
 */
export const tableOfStage = async (stage: string, client?: CloudFormationClient): Promise<string> => {
  const stack = await readStack(stage, client).catch((error: unknown) => {
    throw isRefusal(error) ? refusal(`${error.message} Or name the table with --table.`, error) : error
  })
  if (stack === undefined) throw noStack(stage)
  const name = stack.outputs.TableName
  if (name === undefined)
    throw refusal(`The stack ${stack.name} has no output TableName: deploy it anew, or name the table.`)
  return name
}
