import { join } from 'node:path'
import { tableReader } from '../../../explorer/intake/read-table.ts'
import { openWarehouse } from '../../../explorer/warehouse/warehouse.ts'
import { dynamoDbFeed } from '../../../lib/dynamodb/feed.ts'
import { openDynamoDb } from '../../../local/dynamodb.ts'
import { applyEnvironment, functionEnvironment, tableName } from '../../../local/environment.ts'
import { openHome } from '../../../local/home.ts'
import { readSecrets } from '../../../local/secrets.ts'
import { ensureTable, localTable } from '../../../local/table.ts'
import { readTableDefinition } from '../../../local/table-definition.ts'
import { undoing } from '../../../local/undo.ts'

export interface LocalTable {
  readonly tableName: string
  /** Brings the explorer's file up to date, so that it can be asked at once, and closes all. */
  readonly close: () => Promise<void>
}

/**
 * The local stack's table while the stack does not run, for whoever reads its settings from `env`.
 *
 * @throws Refusal when the folder is in use, or cannot be written
 */
export const openLocalTable = (home: string, env: NodeJS.ProcessEnv): Promise<LocalTable> =>
  undoing(async (undo) => {
    openHome(home)
    const database = await openDynamoDb(home, fail)
    undo.add(database.close)
    const address = { endpoint: database.endpoint, name: tableName(env) }
    await ensureTable(address, readTableDefinition(join(ROOT, 'infra', 'table.yml')))
    // What the functions are told; nothing is exported from here, so that no address is needed for it.
    const addresses = { stackUrl: 'http://127.0.0.1', databaseEndpoint: database.endpoint }
    undo.add(applyEnvironment(env, functionEnvironment(env, readSecrets(home, env), addresses)))
    const close = async () => {
      const warehouse = await openWarehouse({ path: join(home, 'explorer.duckdb') })
      undo.add(warehouse.close)
      await tableReader(dynamoDbFeed(localTable(address)), warehouse, Date.now).read()
      await undo.run()
    }
    return { tableName: address.name, close }
  })

const ROOT = join(import.meta.dirname, '..', '..', '..')

const fail = (cause: unknown): never => {
  throw cause
}
