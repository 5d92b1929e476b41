import { type Command, InvalidArgumentError, Option } from 'commander'
import { correlationTable } from '../../explorer/terminal/correlation-table.ts'
import { readLocalSettings } from '../../local/settings.ts'
import { databasePath, EXPLORE_PORT, LOCAL_PORT } from '../database-path.ts'

interface Options {
  readonly operation: string
  readonly slow?: true
  readonly fast?: true
  readonly failed?: true
  readonly from?: string
  readonly to?: string
  readonly filter: readonly string[]
  readonly limit: number
  readonly json?: true
  readonly table?: string
  readonly url?: string
}

const EXAMPLES = `
Examples:
  $ npx valuestream correlate --operation issue --slow
  $ npx valuestream correlate --operation deploy --failed --from 2026-09-01
  $ npx valuestream correlate --operation issue --fast --filter self:vcs.repository.name=shop --json

It reads what the local stack, the demo or, with --table, valuestream explore has kept in VALUESTREAM_HOME. While one of
them runs, it is asked.`

/** What people look at in a terminal of this width, and what is assumed where there is no terminal. */
const WIDTH = 100

/** `npx valuestream correlate`: what the slow, the fast or the failed ones have in common. */
export const addCorrelate = (program: Command): Command =>
  program
    .command('correlate')
    .description('tell what the slow, the fast or the failed ones have in common')
    .option('--operation <name>', 'issue, pull_request, build, deploy, or another', 'issue')
    .addOption(new Option('--slow', 'the slowest tenth; the default').conflicts(['fast', 'failed']))
    .addOption(new Option('--fast', 'the fastest tenth').conflicts(['slow', 'failed']))
    .addOption(new Option('--failed', 'those that failed').conflicts(['slow', 'fast']))
    .option('--from <time>', 'what ended from then on, such as 2026-09-01')
    .option('--to <time>', 'what ended before then')
    .option(
      '--filter <condition>',
      '[!]<self or operation>:<attribute>=<value>; may stand several times',
      collected,
      [],
    )
    .option('--limit <rows>', 'how many rows to show', wholeNumber, 10)
    .option('--json', 'print JSON')
    .option('--table <name>', 'what valuestream explore has read from this table')
    .option('--url <address>', 'ask the explorer at this address')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      const { correlate } = await import('./correlate.ts')
      const { home, port } = readLocalSettings({ PORT: portOf(options), ...process.env }, process.cwd())
      const found = await correlate(parametersOf(options), {
        ...(options.url === undefined ? {} : { url: options.url }),
        path: databasePath(home, options.table),
        otherwiseUrl: `http://localhost:${port}`,
      })
      const width = Math.min(process.stdout.columns || WIDTH, WIDTH)
      console.log(
        options.json === true
          ? JSON.stringify(found, undefined, 2)
          : correlationTable(found, { width, limit: options.limit }),
      )
    })

const portOf = ({ table }: Options): string => String(table === undefined ? LOCAL_PORT : EXPLORE_PORT)

const parametersOf = ({ operation, fast, failed, from, to, filter }: Options): URLSearchParams =>
  new URLSearchParams([
    ['operation', operation],
    ['select', fast === true ? 'fast' : failed === true ? 'failed' : 'slow'],
    ...(from === undefined ? [] : [['from', from]]),
    ...(to === undefined ? [] : [['to', to]]),
    ...filter.map((condition) => ['filter', condition]),
  ])

const collected = (text: string, before: readonly string[]): readonly string[] => [...before, text]

const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1 to 9999.')
  return Number(text)
}
