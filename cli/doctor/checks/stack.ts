import type { DeployedStack } from '../../aws/stack.ts'
import { stackName } from '../../aws/stack.ts'
import { type Finding, ok, problem, warning } from '../finding.ts'

/** Whether the stack is there and whole. Source: CloudFormation's stack status codes. */
export const stackFinding = (stage: string, stack: DeployedStack | undefined): Finding => {
  if (stack === undefined) {
    return problem(
      'stack',
      `There is no stack ${stackName(stage)} in this region.`,
      `Name another region with --region, or deploy: npx valuestream deploy --stage ${stage}.`,
    )
  }
  const { name, status } = stack
  if (/^(?:CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok('stack', `${name} is ${status}.`)
  if (status.endsWith('_IN_PROGRESS')) {
    return warning('stack', `${name} is ${status}.`, 'Wait for its end, and look again.')
  }
  if (status === 'UPDATE_ROLLBACK_COMPLETE') {
    return warning(
      'stack',
      `${name} is ${status}: the last deployment failed.`,
      'What was deployed before goes on running. Its events in CloudFormation say why.',
    )
  }
  return problem('stack', `${name} is ${status}.`, 'Its events in CloudFormation say why.')
}
