import type { Deployed } from './deploy.ts'
import { planText } from './plan.ts'

/** What is deployed and what comes next, or what would be done. */
export const deployedText = ({ plan, outputs }: Deployed): string => {
  if (outputs === undefined) return `${planText(plan)}\n\nNothing was done.`
  const url = (name: string) => outputs[name] ?? 'is not among the outputs of the stack'
  return [
    'ValueStream is deployed.',
    '',
    `  GitHub    ${url('GithubWebhookUrl')}`,
    `  Jenkins   ${url('JenkinsWebhookUrl')}?token=…`,
    `  Events    ${url('EventsUrl')}`,
    `  Table     ${url('TableName')}`,
    '',
    'Next:',
    `  npx valuestream doctor --stage ${plan.stage} --region ${plan.region}    whether all of it works`,
    `  npx valuestream webhooks add --org YOUR_ORGANISATION --stage ${plan.stage} --region ${plan.region}    registers the webhook`,
  ].join('\n')
}
