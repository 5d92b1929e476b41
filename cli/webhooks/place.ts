import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { ssmParameters } from '../../lib/settings/parameter-store.ts'
import { secretList } from '../../lib/settings/settings.ts'
import { refusal } from '../../local/refusal.ts'
import { remedyFor } from '../explore/table-problem.ts'

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
export const placeOf = async ({ url, stage }: PlaceOptions, given?: CloudFormationClient): Promise<Place> => {
  if (url !== undefined) return placeAt(url)
  if (stage === undefined) throw refusal('Say where to: --stage prod, or --url https://…/github.')
  const stack = `valuestream-${stage}`
  const client = given ?? new CloudFormationClient({})
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((cause: unknown) => {
    throw refusal(`The stack ${stack} cannot be read. ${remedyFor(cause)} Or give --url.`, cause)
  })
  const output = (name: string) => Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue
  const [githubUrl, jenkinsUrl] = [output('GithubWebhookUrl'), output('JenkinsWebhookUrl')]
  if (githubUrl === undefined || jenkinsUrl === undefined) {
    throw refusal(`The stack ${stack} has no output GithubWebhookUrl: deploy it anew, or give --url.`)
  }
  return { githubUrl, jenkinsUrl }
}

const placeAt = (url: string): Place => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol) || !/\/github\/?$/.test(url)) {
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
  fetchParameters = ssmParameters,
): Promise<string | undefined> => {
  const given = secretList(env[setting])[0]
  if (given !== undefined || stage === undefined) return given
  const name = `/valuestream/${stage}/${setting === 'GITHUB_WEBHOOK_SECRET' ? 'github-webhook-secret' : 'jenkins-webhook-token'}`
  try {
    return secretList((await fetchParameters([name])).get(name))[0]
  } catch (cause) {
    throw refusal(`The parameter ${name} cannot be read. ${remedyFor(cause)} Or set ${setting}.`, cause)
  }
}
