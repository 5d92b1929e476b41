import type { Command } from 'commander'
import { readLocalSettings } from '../../local/settings.ts'
import { onStopSignal } from '../../local/signals.ts'
import { tableNameOf } from '../aws/table-name.ts'
import { EXPLORE_PORT } from '../database-path.ts'
import { portNumber } from '../options.ts'

interface Options {
  readonly table?: string
  readonly stage?: string
  readonly region?: string
  readonly port?: string
  readonly export?: string
  readonly json?: true
}

const EXAMPLES = `
Examples:
  $ npx valuestream explore --stage prod --region eu-west-1
  $ npx valuestream explore --stage prod --export spans.parquet
  $ npx valuestream explore --table NAME

The table is the output TableName of the stack valuestream-<stage>, which takes cloudformation:DescribeStacks to read.
It reads with the AWS credentials of this shell, which need dynamodb:Query on the index "changes" and
dynamodb:BatchGetItem on the table, writes nothing there, and keeps what it has read in VALUESTREAM_HOME.`

/** `npx valuestream explore`: the explorer on a deployed table. */
export const addExplore = (program: Command): Command =>
  program
    .command('explore')
    .description('explore a deployed table on this machine')
    .option('--stage <name>', 'which deployment')
    .option('--table <name>', 'its table, in place of the stage; TABLE_NAME otherwise')
    .option('--region <name>', 'its region; AWS_REGION otherwise')
    .option('--port <number>', `where to listen; PORT, or ${EXPLORE_PORT}, otherwise`, portNumber)
    .option('--export <file>', 'write the spans to a Parquet file, and end')
    .option('--json', 'print where it is, or what was written, as JSON, and all else on standard error')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      // That the SDK will give up this Node one day is for who maintains ValueStream, not for who runs it.
      process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
      const [{ explore, feedOf }, { loadPage }] = await Promise.all([
        import('./explore.ts'),
        import('../../explorer/page-build.ts'),
      ])
      if (options.region !== undefined) process.env.AWS_REGION = options.region
      const tableName = await tableNameOf(options, process.env)
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
        print: options.json === true ? console.error : console.log,
        now: Date.now,
      })
      if (options.json === true) {
        console.log(JSON.stringify({ table: tableName, url, exportedTo: options.export }, undefined, 2))
      }
      if (url === undefined) await stop()
      else onStopSignal(() => stop().then(() => 0))
    })
