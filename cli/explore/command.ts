import type { Command } from 'commander'
import { refusal } from '../../local/refusal.ts'
import { readLocalSettings } from '../../local/settings.ts'
import { onStopSignal } from '../../local/signals.ts'
import { EXPLORE_PORT } from '../database-path.ts'

interface Options {
  readonly table?: string
  readonly stage?: string
  readonly region?: string
  readonly port?: string
  readonly export?: string
}

const EXAMPLES = `
Examples:
  $ npx valuestream explore --table NAME --region eu-west-1
  $ npx valuestream explore --table NAME --export spans.parquet

NAME is the output TableName of the stack:
  $ aws cloudformation describe-stacks --stack-name valuestream-prod \\
      --query "Stacks[0].Outputs[?OutputKey=='TableName'].OutputValue" --output text

It reads with the AWS credentials of this shell, which need dynamodb:Query on the index "changes" and
dynamodb:BatchGetItem on the table, writes nothing there, and keeps what it has read in VALUESTREAM_HOME.`

/** `npx valuestream explore`: the explorer on a deployed table. */
export const addExplore = (program: Command): Command =>
  program
    .command('explore')
    .description('explore a deployed table on this machine')
    .option('--table <name>', 'the table; TABLE_NAME otherwise')
    .option('--stage <name>', 'the stage that it belongs to')
    .option('--region <name>', 'its region; AWS_REGION otherwise')
    .option('--port <number>', `where to listen; PORT, or ${EXPLORE_PORT}, otherwise`)
    .option('--export <file>', 'write the spans to a Parquet file, and end')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      const tableName = tableOf(options)
      const [{ explore, feedOf }, { loadPage }] = await Promise.all([
        import('./explore.ts'),
        import('../../explorer/page-build.ts'),
      ])
      if (options.region !== undefined) process.env.AWS_REGION = options.region
      const { home, port } = readLocalSettings(
        { ...process.env, PORT: options.port ?? (process.env.PORT || String(EXPLORE_PORT)) },
        process.cwd(),
      )
      const { stop, url } = await explore({
        tableName,
        feed: feedOf(tableName),
        home,
        port,
        ...(options.export === undefined ? {} : { exportTo: options.export }),
        page: loadPage,
        print: console.log,
        now: Date.now,
      })
      if (url === undefined) await stop()
      else onStopSignal(() => stop().then(() => 0))
    })

/** @throws Refusal */
const tableOf = ({ table, stage = 'prod' }: Options): string => {
  const name = table ?? (process.env.TABLE_NAME || undefined)
  if (name !== undefined) return name
  throw refusal(`Name the table with --table: it is the output TableName of the stack valuestream-${stage}.`)
}
