import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation'
import { stackName } from './stack.ts'

/** The template that a stack was deployed with, as JSON. Takes cloudformation:GetTemplate. @throws as AWS's client does */
export const readTemplate = async (stage: string, client = new CloudFormationClient({})): Promise<unknown> => {
  const { TemplateBody = '{}' } = await client.send(
    new GetTemplateCommand({ StackName: stackName(stage), TemplateStage: 'Original' }),
  )
  return JSON.parse(TemplateBody)
}
