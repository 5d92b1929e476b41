import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import * as z from 'zod/mini'
import { readTemplate } from '../../aws/template.ts'

/** What a deployed function is told that an import has to know as well. */
export interface StageSettings {
  readonly githubHost: string
  readonly jobRepositories: string
}

const variables = z.object({
  GITHUB_HOST: z.optional(z.string()),
  JENKINS_JOB_REPOSITORIES: z.optional(z.string()),
})
const template = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.optional(z.looseObject({ Environment: z.optional(z.looseObject({ Variables: z.unknown() })) })),
    }),
  ),
})

/** Read from the template of the stack, which takes cloudformation:GetTemplate; undefined where that is not allowed. */
export const stageSettings = async (
  stage: string,
  client?: CloudFormationClient,
): Promise<StageSettings | undefined> => {
  try {
    const { data } = z.safeParse(template, await readTemplate(stage, client))
    return Object.values(data?.Resources ?? {})
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => z.safeParse(variables, Properties?.Environment?.Variables).data)
      .flatMap((found) =>
        found?.GITHUB_HOST === undefined
          ? []
          : [{ githubHost: found.GITHUB_HOST.toLowerCase(), jobRepositories: found.JENKINS_JOB_REPOSITORIES ?? '' }],
      )[0]
  } catch {
    return undefined
  }
}
