import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { GetFunctionConfigurationCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda'
import { SSMClient } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type Parameters, ssmParameters } from './parameters.ts'
import { orRefuse } from './problem.ts'
import { type DeployedStack, functionName, readStack, stackName } from './stack.ts'
import { readTemplate } from './template.ts'

/** Who asks. */
export interface Identity {
  readonly account: string
  readonly arn: string
}

/** What the operator's commands know of AWS. Every function throws a Refusal, a sentence that says what to do. */
export interface Aws {
  readonly identity: () => Promise<Identity>
  readonly stack: (stage: string) => Promise<DeployedStack | undefined>
  /** What it was deployed with, as JSON. Takes cloudformation:GetTemplate. */
  readonly template: (stage: string) => Promise<unknown>
  readonly parameters: Parameters
  /** What a deployed function is told by its environment; nothing where there is none such. Takes lambda:GetFunctionConfiguration. */
  readonly environment: (stage: string, name: string) => Promise<Readonly<Record<string, string>>>
}

/** With the credentials of this shell, in a region. */
export const awsIn = (region: string | undefined): Aws => {
  const configuration = region === undefined ? {} : { region }
  const [cloudFormation, lambda] = [new CloudFormationClient(configuration), new LambdaClient(configuration)]
  const sts = new STSClient(configuration)
  return {
    identity: () =>
      orRefuse('AWS does not say whose credentials these are', async () => {
        const { Account = '', Arn = '' } = await sts.send(new GetCallerIdentityCommand({}))
        return { account: Account, arn: Arn }
      }),
    stack: (stage) => readStack(stage, cloudFormation),
    template: (stage) =>
      orRefuse(`The template of the stack ${stackName(stage)} cannot be read`, () =>
        readTemplate(stage, cloudFormation),
      ),
    parameters: ssmParameters(new SSMClient(configuration)),
    environment: (stage, name) =>
      orRefuse(`The function ${functionName(stage, name)} cannot be looked at`, async () => {
        const wanted = new GetFunctionConfigurationCommand({ FunctionName: functionName(stage, name) })
        try {
          return (await lambda.send(wanted)).Environment?.Variables ?? {}
        } catch (error) {
          if (error instanceof ResourceNotFoundException) return {}
          throw error
        }
      }),
  }
}
