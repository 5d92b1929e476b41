import { askOf } from '../../explorer/ask/ask.ts'
import { lockDown } from '../../explorer/ask/lock-down.ts'
import { readRegularly } from '../../explorer/intake/read-regularly.ts'
import { type TableReader, tableReader } from '../../explorer/intake/read-table.ts'
import type { BuiltPage } from '../../explorer/page-build.ts'
import { explorerApp } from '../../explorer/server/app.ts'
import { openWarehouse, type Warehouse } from '../../explorer/warehouse/warehouse.ts'
import { dynamoDbFeed } from '../../lib/dynamodb/feed.ts'
import { sdkClient } from '../../lib/dynamodb/sdk-client.ts'
import type { ContextFeed } from '../../lib/record/ports.ts'
import { openHome } from '../../local/home.ts'
import { listen } from '../../local/server.ts'
import { type Undo, undoing } from '../../local/undo.ts'
import { databasePath } from '../database-path.ts'
import { exportSpans } from './export-spans.ts'
import { readWithProgress } from './reading.ts'
import { checkTable } from './table-problem.ts'

export interface ExploreOptions {
  readonly tableName: string
  readonly feed: ContextFeed
  readonly home: string
  /** 0 lets the system choose one. */
  readonly port: number
  /** A Parquet file that the spans are written to, in place of the page. */
  readonly exportTo?: string
  readonly page: () => Promise<BuiltPage>
  readonly print: (text: string) => void
  readonly now: () => number
}

export interface Exploring {
  /** Undefined after an export. */
  readonly url?: string
  readonly stop: () => Promise<void>
}

/** A deployed table, with the AWS credentials of this shell. */
export const feedOf = (tableName: string): ContextFeed => dynamoDbFeed({ client: sdkClient(), tableName })

/** How long after it has read the table the explorer reads it again. */
const PAUSE_MILLIS = 30_000

/**
 * Reads a deployed table and serves the explorer of it, or writes it out. What was read is kept, so that the next time
 * only what is new is read.
 *
 * @throws Refusal
 */
export const explore = (options: ExploreOptions): Promise<Exploring> =>
  undoing(async (undo) => ({ ...(await start(options, undo)), stop: undo.run }))

const start = async (options: ExploreOptions, undo: Undo): Promise<Omit<Exploring, 'stop'>> => {
  const { tableName, feed, home, exportTo, print, now } = options
  openHome(home)
  const warehouse = await openWarehouse({ path: databasePath(home, tableName), isCache: true })
  undo.add(warehouse.close)
  await checkTable(feed, tableName, now())
  const table = tableReader(feed, warehouse, now)
  print(`Reading ${tableName}; what was read before is not read again.`)
  const spans = await readWithProgress(table, warehouse, (sofar) => print(`  ${sofar} spans so far`))
  print(`  ${spans} spans.`)
  if (exportTo === undefined) return { url: await serve(options, warehouse, table, undo) }
  print(`${await exportSpans(warehouse, exportTo)} spans are written to ${exportTo}.`)
  return {}
}

const serve = async (
  { tableName, port, home, page, now, print }: ExploreOptions,
  warehouse: Warehouse,
  table: TableReader,
  undo: Undo,
): Promise<string> => {
  await lockDown(warehouse.query)
  undo.add(readRegularly(table, PAUSE_MILLIS))
  const ask = askOf(warehouse, now)
  const source = () => ({ source: tableName, ...table.state() })
  const server = await listen(explorerApp({ warehouse, ask, source, now }, await page()).fetch, port)
  undo.add(server.close)
  // First of all, so that the server does not wait for a long query.
  undo.add(ask.close)
  const url = `http://localhost:${server.port}`
  print(`\nThe explorer is at ${url}/ and answers on this machine alone. Stop it with Ctrl-C.`)
  print(`While it is stopped: duckdb -readonly ${databasePath(home, tableName)}`)
  return url
}
