import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Interval } from '../../explorer/analysis/flow/interval.ts'
import { readLocalSettings } from '../../local/settings.ts'
import { databasePath, EXPLORE_PORT, LOCAL_PORT } from '../database-path.ts'
import { repositoryName } from '../options.ts'
import { patiently } from '../patience.ts'

interface Options {
  readonly repo?: string
  readonly interval: Interval
  readonly from?: number
  readonly to?: number
  readonly csv?: true
  readonly json?: true
  readonly table?: string
  readonly url?: string
}

const EXAMPLES = `
Examples:
  $ npx valuestream report pull-requests --repo acme/shop --interval week
  $ npx valuestream report pull-requests --repo acme/shop --interval month --csv > pull-requests.csv
  $ npx valuestream report pull-requests --from 2026-09-01 --json

A pull request counts in the interval (UTC; weeks begin on Monday) in which it was closed last. Running percentiles are over
all that were closed up to the end of the interval. It reads what the local stack, the demo or, with --table, valuestream
explore has kept in VALUESTREAM_HOME. While one of them runs, it is asked.`

/** `npx valuestream report pull-requests`: figures as spreadsheets want them. */
export const addReport = (program: Command): void => {
  program
    .command('report')
    .description('figures for spreadsheets')
    .addHelpText('after', EXAMPLES)
    .command('pull-requests')
    .description('pull requests an interval: how many, merged, how large, how long')
    .option('--repo <owner/name>', 'of this repository; of all otherwise', repositoryName)
    .addOption(
      new Option('--interval <length>', 'how long an interval is').choices(['day', 'week', 'month']).default('week'),
    )
    .option('--from <time>', 'what was closed from then on, such as 2026-09-01', millisOf)
    .option('--to <time>', 'what was closed before then', millisOf)
    .addOption(new Option('--csv', 'print CSV').conflicts('json'))
    .option('--json', 'print JSON')
    .option('--table <name>', 'what valuestream explore has read from this table')
    .option('--url <address>', 'ask the explorer at this address')
    .addHelpText('after', EXAMPLES)
    .action(report)
}

const report = async (options: Options): Promise<void> => {
  const [{ askExplorer }, { pullRequestsSql }, { lackOf, pullRequestsRows }] = await Promise.all([
    import('./ask-explorer.ts'),
    import('./sql.ts'),
    import('./pull-requests.ts'),
  ])
  const defaultPort = String(options.table === undefined ? LOCAL_PORT : EXPLORE_PORT)
  const { home, port } = readLocalSettings({ ...process.env, PORT: process.env.PORT || defaultPort }, process.cwd())
  const sql = pullRequestsSql({
    interval: options.interval,
    ...(options.repo === undefined ? {} : { repository: options.repo }),
    ...(options.from === undefined ? {} : { fromMillis: options.from }),
    ...(options.to === undefined ? {} : { toMillis: options.to }),
  })
  const place = { path: databasePath(home, options.table), otherwiseUrl: `http://localhost:${port}` }
  const found = await patiently('Counting pull requests', () =>
    askExplorer(sql, options.url === undefined ? place : { ...place, url: options.url }),
  )
  const rows = pullRequestsRows(found)
  if (options.json === true) console.log(JSON.stringify(rows, undefined, 2))
  else if (options.csv !== true) console.log((await import('./table.ts')).pullRequestsTable(rows))
  else {
    process.stdout.write((await import('./csv.ts')).pullRequestsCsv(rows, options.repo ?? 'all'))
    const lack = lackOf(rows)
    if (lack !== undefined) console.error(lack)
  }
}

const millisOf = (text: string): number => {
  const millis = Date.parse(text)
  if (Number.isNaN(millis)) throw new InvalidArgumentError('Say a date or a time, such as 2026-09-01.')
  return millis
}
