import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import type { ActivityKey } from '../../lib/delivery/activity.ts'
import { collected, stageName } from '../options.ts'
import { print } from '../print.ts'
import { type Place, type PlaceOptions, placeOf, usingIt } from './place.ts'

interface Options extends PlaceOptions {
  readonly json?: true
}

interface RetryOptions extends Options {
  readonly key?: readonly string[]
  readonly all?: true
}

const EXAMPLES = {
  list: `
Examples:
  $ npx valuestream undeliverable list                          of the local stack that runs
  $ npx valuestream undeliverable list --stage prod
  $ npx valuestream undeliverable list --stage prod --json | jq '.activities[].key'

It reads the whole table, which of a deployment takes dynamodb:Scan and costs what the table is large.`,
  retry: `
Examples:
  $ npx valuestream undeliverable retry --stage prod --key issue:github.com/acme/shop#12
  $ npx valuestream undeliverable retry --stage prod --all
  $ npx valuestream undeliverable retry --all                   of the local stack, whose own sweep sends it

First mend what the backend has refused them for. What is refused again is undeliverable again.`,
} as const

/** `npx valuestream undeliverable list|retry`: the operator's hands on what the backend has refused for good. */
export const addUndeliverable = (program: Command): void => {
  const group = program
    .command('undeliverable')
    .description('see, and send once more, what the backend has refused for good')
    .addHelpText('after', EXAMPLES.list)
  withTable(group.command('list'))
    .description('list what the backend has refused, with its reason')
    .addHelpText('after', EXAMPLES.list)
    .action(async (options: Options) => {
      const { listUndeliverable, refusalsText } = await import('./list.ts')
      const place = await placeOf(options, process.env, process.cwd())
      const found = await usingIt(place, () => listUndeliverable(place.table))
      print(found, options, () => refusalsText(found, Date.now(), place.options))
    })
  withTable(group.command('retry'))
    .description('put it back into the outbox, for the next sweep to send')
    .option('--key <key>', 'of this activity; may stand several times', collected)
    .option('--all', 'of all of them')
    .addHelpText('after', EXAMPLES.retry)
    .action(async (options: RetryOptions, command: Command) => {
      if ((options.key === undefined) === (options.all === undefined)) {
        command.error('error: say either --all, or --key with what the list names')
      }
      const { retryAll, retriedText } = await import('./retry.ts')
      const place = await placeOf(options, process.env, process.cwd())
      const keys = options.key ?? (await allKeys(place))
      const dependencies = { store: await storeOf(place), pause: (attempt: number) => sleep(50 * attempt) }
      const retried = await usingIt(place, () => retryAll(keys, dependencies))
      print(retried, options, () => retriedText(retried, place.options))
      if (retried.activities.length < keys.length) process.exitCode = 1
    })
}

const withTable = (command: Command): Command =>
  command
    .option('--stage <name>', 'which deployment; the local stack otherwise', stageName)
    .option('--table <name>', 'its table, in place of the stage; TABLE_NAME otherwise')
    .option('--region <name>', 'its region; AWS_REGION otherwise')
    .option('--json', 'print JSON')

const storeOf = async ({ table }: Place) => {
  const [{ dynamoDbStore }, { TTL_SECONDS }] = await Promise.all([
    import('../../lib/dynamodb/store.ts'),
    import('../../lib/dynamodb/ttl.ts'),
  ])
  return dynamoDbStore({ ...table, now: Date.now, ttlSeconds: TTL_SECONDS })
}

const allKeys = async (place: Place): Promise<readonly ActivityKey[]> => {
  const { listUndeliverable } = await import('./list.ts')
  return (await usingIt(place, () => listUndeliverable(place.table))).activities.map(({ key }) => key)
}
