import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import type { ActivityKey } from '../../lib/delivery/activity.ts'
import type { Table } from '../../lib/dynamodb/table.ts'
import { refusal } from '../../local/refusal.ts'
import { collected, stageName, useRegion } from '../options.ts'
import { patiently } from '../patience.ts'
import { print } from '../print.ts'

interface Options {
  readonly stage?: string
  readonly table?: string
  readonly region?: string
  readonly json?: true
}

interface RetryOptions extends Options {
  readonly key?: readonly string[]
  readonly all?: true
}

const EXAMPLES = {
  list: `
Examples:
  $ npx valuestream undeliverable list --stage prod
  $ npx valuestream undeliverable list --stage prod --json | jq '.activities[].key'

It reads the whole table, which takes dynamodb:Scan and costs what the table is large.`,
  retry: `
Examples:
  $ npx valuestream undeliverable retry --stage prod --key issue:github.com/acme/shop#12
  $ npx valuestream undeliverable retry --stage prod --all

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
      const table = await tableOf(options)
      const found = await reading(table, () => listUndeliverable(table))
      print(found, options, () => refusalsText(found, Date.now()))
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
      const table = await tableOf(options)
      const keys = options.key ?? (await allKeys(table))
      const dependencies = { store: await storeOf(table), pause: (attempt: number) => sleep(50 * attempt) }
      const retried = await reading(table, () => retryAll(keys, dependencies))
      print(retried, options, () => retriedText(retried))
      if (retried.activities.length < keys.length) process.exitCode = 1
    })
}

const withTable = (command: Command): Command =>
  command
    .option('--stage <name>', 'which deployment', stageName)
    .option('--table <name>', 'its table, in place of the stage; TABLE_NAME otherwise')
    .option('--region <name>', 'its region; AWS_REGION otherwise')
    .option('--json', 'print JSON')

const tableOf = async (options: Options): Promise<Table> => {
  const [{ tableNameOf }, { sdkClient }] = await Promise.all([
    import('../aws/table-name.ts'),
    import('../../lib/dynamodb/sdk-client.ts'),
  ])
  useRegion(options.region)
  return { client: sdkClient(), tableName: await tableNameOf(options, process.env) }
}

const storeOf = async (table: Table) => {
  const [{ dynamoDbStore }, { TTL_SECONDS }] = await Promise.all([
    import('../../lib/dynamodb/store.ts'),
    import('../../lib/dynamodb/ttl.ts'),
  ])
  return dynamoDbStore({ ...table, now: Date.now, ttlSeconds: TTL_SECONDS })
}

const allKeys = async (table: Table): Promise<readonly ActivityKey[]> => {
  const { listUndeliverable } = await import('./list.ts')
  return (await reading(table, () => listUndeliverable(table))).activities.map(({ key }) => key)
}

/** @throws Refusal when the table cannot be reached */
const reading = async <T>({ tableName }: Table, work: () => Promise<T>): Promise<T> => {
  try {
    return await patiently(`Reading ${tableName}`, work)
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'StoreUnavailable') throw error
    const { remedyOf } = await import('../aws/problem.ts')
    throw refusal(`The table ${tableName} cannot be used. ${remedyOf(error)}`, error)
  }
}
