import type { Command } from 'commander'
import { stageName, useRegion } from '../options.ts'
import { patiently } from '../patience.ts'
import { print } from '../print.ts'

interface Options {
  readonly stage: string
  readonly region?: string
  readonly json?: true
}

const EXAMPLES = `
Examples:
  $ npx valuestream redeliver --stage prod
  $ npx valuestream redeliver --stage prod --json

It runs the deployed function, which has the token and knows how far it has come, and waits for at most a minute. A run
delivers about 35 webhooks; with more left, run it again. The exit code is 1 where a hook could not be looked after.`

/** A run takes 55 seconds at most, and the SDK would begin another one. */
const TIMEOUT_MILLIS = 70_000

/** `npx valuestream redeliver`: what GitHub could not deliver, now and not within ten minutes. */
export const addRedeliver = (program: Command): Command =>
  program
    .command('redeliver')
    .description('have GitHub deliver again now what it could not deliver')
    .requiredOption('--stage <name>', 'which deployment', stageName)
    .option('--region <name>', 'its region; AWS_REGION otherwise')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      const [{ redeliverNow, redeliveriesText }, { LambdaClient }] = await Promise.all([
        import('./redeliver.ts'),
        import('@aws-sdk/client-lambda'),
      ])
      useRegion(options.region)
      const client = new LambdaClient({ maxAttempts: 1, requestHandler: { requestTimeout: TIMEOUT_MILLIS } })
      const reports = await patiently('GitHub is asked', () => redeliverNow(options.stage, client))
      print(reports, options, () => redeliveriesText(reports))
      if (reports.some(({ failure }) => failure !== undefined)) process.exitCode = 1
    })
