import type { Command } from 'commander'
import { refusal } from '../../local/refusal.ts'
import { stageName, useRegion } from '../options.ts'
import { patiently } from '../patience.ts'
import { print } from '../print.ts'

interface Options {
  readonly stage?: string
  readonly region?: string
  readonly json?: true
}

const EXAMPLES = `
Examples:
  $ npx valuestream redeliver --stage prod
  $ npx valuestream redeliver --stage prod --json
  $ npx valuestream redeliver                       what has not come through the tunnel to the local stack

It runs the function of the deployment, or of the running local stack, which has the token and knows how far it has come,
and waits for at most a minute. A run delivers about 35 webhooks; with more left, run it again. The exit code is 1 where a
hook could not be looked after.`

/** A run takes 55 seconds at most. */
const TIMEOUT_MILLIS = 70_000

/** `npx valuestream redeliver`: what GitHub could not deliver, now and not within ten minutes. */
export const addRedeliver = (program: Command): Command =>
  program
    .command('redeliver')
    .description('have GitHub deliver again now what it could not deliver')
    .option('--stage <name>', 'which deployment; the local stack otherwise', stageName)
    .option('--region <name>', 'its region; AWS_REGION otherwise')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      const { redeliverNow, redeliveriesText } = await import('./redeliver.ts')
      const wanted = await functionOf(options)
      const reports = await patiently('GitHub is asked', () => redeliverNow(wanted))
      print(reports, options, () => redeliveriesText(reports))
      if (reports.some(({ failure }) => failure !== undefined)) process.exitCode = 1
    })

const functionOf = async ({ stage, region }: Options) => {
  if (stage !== undefined) {
    const { deployedFunction, lambdaClient } = await import('./deployed.ts')
    useRegion(region)
    return deployedFunction(stage, lambdaClient(TIMEOUT_MILLIS))
  }
  if (region !== undefined) throw refusal('Name the deployment in this region with --stage, such as prod.')
  const [{ localFunction }, { localStack }] = await Promise.all([import('./local.ts'), import('../local-stack.ts')])
  return localFunction(localStack(process.env, process.cwd()), TIMEOUT_MILLIS)
}
