import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { refusal } from '../../local/refusal.ts'
import { orRefuse } from './problem.ts'

/** A deployment, as CloudFormation has it. */
export interface DeployedStack {
  readonly name: string
  /** CloudFormation's word, such as `UPDATE_COMPLETE`. */
  readonly status: string
  readonly outputs: Readonly<Record<string, string>>
}

/** What the outputs are called, in `infra/`. */
export type OutputName = 'GithubWebhookUrl' | 'JenkinsWebhookUrl' | 'EventsUrl' | 'TableName' | 'Version'

/** As serverless.yml names it. */
export const stackName = (stage: string): string => `valuestream-${stage}`
export const functionName = (stage: string, name: string): string => `${stackName(stage)}-${name}`

/**
 * The stack of a stage, or undefined where nothing is deployed. Takes cloudformation:DescribeStacks.
 *
 * @throws Refusal when AWS cannot tell
 */
export const readStack = (stage: string, client = new CloudFormationClient({})): Promise<DeployedStack | undefined> =>
  orRefuse(`The stack ${stackName(stage)} cannot be read`, async () => {
    try {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName(stage) }))
      const [stack] = Stacks
      if (stack === undefined) return undefined
      return {
        name: stackName(stage),
        status: stack.StackStatus ?? 'UNKNOWN',
        outputs: Object.fromEntries(
          (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
        ),
      }
    } catch (error) {
      if (error instanceof Error && /does not exist/.test(error.message)) return undefined
      throw error
    }
  })

/** @throws Refusal when nothing is deployed, or what is deployed has no such output */
export const stackOutput = async (
  stage: string,
  output: OutputName,
  client = new CloudFormationClient({}),
): Promise<string> => {
  const stack = await readStack(stage, client)
  if (stack === undefined) throw noStack(stage)
  const value = stack.outputs[output]
  if (value === undefined) throw refusal(`The stack ${stack.name} has no output ${output}: deploy it anew.`)
  return value
}

const noStack = (stage: string): Error =>
  refusal(`There is no stack ${stackName(stage)} in this region: name another with --stage and --region, or deploy it.`)
