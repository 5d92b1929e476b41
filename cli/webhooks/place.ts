import type { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { secretList } from '../../lib/settings/settings.ts'
import { refusal } from '../../local/refusal.ts'
import { type Parameters, ssmParameters } from '../aws/parameters.ts'
import { stackOutput } from '../aws/stack.ts'
import { isHttpAddress } from '../http-address.ts'

export interface PlaceOptions {
  readonly url?: string
  readonly stage?: string
}

/** Where webhooks are to be sent. */
export interface Place {
  readonly githubUrl: string
  readonly jenkinsUrl: string
}

/** By `--url`, or by the outputs of the stage's stack, which takes cloudformation:DescribeStacks. @throws Refusal */
export const placeOf = async ({ url, stage }: PlaceOptions, client?: CloudFormationClient): Promise<Place> => {
  if (url !== undefined) return placeAt(url)
  if (stage === undefined) throw refusal('Say where to: --stage prod, or --url https://…/github.')
  const [githubUrl, jenkinsUrl] = await Promise.all([
    stackOutput(stage, 'GithubWebhookUrl', client),
    stackOutput(stage, 'JenkinsWebhookUrl', client),
  ])
  return { githubUrl, jenkinsUrl }
}

const placeAt = (url: string): Place => {
  if (!isHttpAddress(url) || !/\/github\/?$/.test(url)) {
    throw refusal(`--url is the address that GitHub posts to, which ends in /github, and it is "${url}".`)
  }
  const githubUrl = url.replace(/\/$/, '')
  return { githubUrl, jenkinsUrl: githubUrl.replace(/github$/, 'jenkins') }
}

/**
 * The first secret of a setting: of the environment, or of the stage's parameter, which takes ssm:GetParameters.
 * Undefined where there is neither.
 *
 * @throws Refusal when the parameter cannot be read
 */
export const secretOf = async (
  setting: 'GITHUB_WEBHOOK_SECRET' | 'JENKINS_WEBHOOK_TOKEN',
  stage: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  parameters: () => Pick<Parameters, 'read'> = ssmParameters,
): Promise<string | undefined> => {
  const given = secretList(env[setting])[0]
  if (given !== undefined || stage === undefined) return given
  const found = await parameters().read(stage, [setting], { decrypted: true })
  return secretList(found.get(setting)?.value)[0]
}
