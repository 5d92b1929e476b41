import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { isRefusal, refusal } from '../../local/refusal.ts'
import { stackOutput } from './stack.ts'

/**
 * The table of a deployed stage: the output TableName of its stack. Takes cloudformation:DescribeStacks.
 *
 * @throws Refusal when there is no such stack, it has no such output, or it cannot be asked for
 */
export const tableOfStage = async (stage: string, client?: CloudFormationClient): Promise<string> => {
  try {
    return await stackOutput(stage, 'TableName', client)
  } catch (error) {
    throw isRefusal(error) ? refusal(`${error.message} Or name the table with --table.`, error) : error
  }
}
