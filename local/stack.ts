import { join } from 'node:path'
import { Hono } from 'hono'
import { explorer } from '../explorer/app.ts'
import { askOf } from '../explorer/ask/ask.ts'
import { lockDown } from '../explorer/ask/lock-down.ts'
import { readRegularly } from '../explorer/intake/read-regularly.ts'
import { type TableReader, tableReader } from '../explorer/intake/read-table.ts'
import { loadPage } from '../explorer/page-build.ts'
import { explorerApp } from '../explorer/server/app.ts'
import { openWarehouse, type Warehouse } from '../explorer/warehouse/warehouse.ts'
import { dynamoDbFeed } from '../lib/dynamodb/feed.ts'
import { checkSettings } from './check-settings.ts'
import { openDynamoDb } from './dynamodb.ts'
import { applyEnvironment, functionEnvironment, type MutableEnvironment, tableName } from './environment.ts'
import { gateway } from './gateway.ts'
import { gatewayAnswer } from './gateway-response.ts'
import { type ImportModule, importByUrl, loadHandlers } from './handlers.ts'
import { openHome } from './home.ts'
import { operatorApp } from './operator.ts'
import { readRoutes } from './routes.ts'
import { loadSchedules, readSchedules } from './schedules.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import { type Fetch, listen } from './server.ts'
import { exportsElsewhere } from './settings.ts'
import { ensureTable, localTable } from './table.ts'
import { readTableDefinition } from './table-definition.ts'
import { underWay } from './under-way.ts'
import { type Undo, undoing } from './undo.ts'

export interface StackOptions {
  /** 0 lets the system choose one. */
  readonly port: number
  readonly home: string
  /** The functions read it; put back on stop. */
  readonly env?: MutableEnvironment
  /** Where `functions` and `infra` lie. */
  readonly root?: string
  readonly importModule?: ImportModule
  readonly onCrash?: (cause: unknown) => void
}

export interface Stack {
  readonly url: string
  readonly home: string
  readonly secrets: Secrets
  /** What the table holds and what the embedded receiver got. */
  readonly warehouse: Warehouse
  readonly table: TableReader
  /** The backend of the user's choice, where there is one. */
  readonly exportsTo: string | undefined
  /** Finishes the requests under way, then closes everything. */
  readonly stop: () => Promise<void>
}

/**
 * Starts everything that `npm start` runs, in this process.
 *
 * @throws Refusal when something that the user can change stands in the way
 */
export const startStack = (options: StackOptions): Promise<Stack> =>
  undoing(async (undo) => ({ ...(await start(options, undo)), stop: undo.run }))

const start = async (options: StackOptions, undo: Undo): Promise<Omit<Stack, 'stop'>> => {
  const { home, port, root = ROOT, env = process.env, importModule = importByUrl, onCrash = fail } = options
  undo.add(applyEnvironment(env, QUIET))
  openHome(home)
  // First of all, since its lock is what keeps a second stack out of the folder.
  const database = await openDynamoDb(home, onCrash)
  undo.add(database.close)
  const address = { endpoint: database.endpoint, name: tableName(env) }
  await ensureTable(address, readTableDefinition(join(root, 'infra', 'table.yml')))
  const secrets = readSecrets(home, env)
  const warehouse = await openWarehouse({ path: join(home, 'explorer.duckdb'), tellSetAside: console.error })
  undo.add(warehouse.close)
  await lockDown(warehouse.query)
  const table = tableReader(dynamoDbFeed(localTable(address)), warehouse, Date.now)

  let answer: Fetch = () => gatewayAnswer(503)
  const server = await listen((request, bindings) => answer(request, bindings), port)
  undo.add(server.close)

  const exportsTo = exportsElsewhere(env)
  const addresses = { stackUrl: `http://127.0.0.1:${server.port}`, databaseEndpoint: database.endpoint }
  undo.add(applyEnvironment(env, functionEnvironment(env, secrets, addresses)))
  checkSettings(env)
  const routes = await loadHandlers(root, readRoutes(join(root, 'functions')), importModule)
  const requests = underWay()
  const ask = askOf(warehouse, Date.now)
  const source = () => ({ source: 'local stack', ...table.state() })
  const schedules = await loadSchedules(
    root,
    readSchedules(join(root, 'functions')),
    importModule,
    requests,
    (sentence) => console.error(sentence),
  )
  answer = new Hono()
    .route('/', explorer(warehouse))
    .route('/', explorerApp({ warehouse, ask, source, now: Date.now }, await loadPage()))
    .route('/', operatorApp({ table: address, exportsTo }, schedules))
    .route('/', gateway(routes, requests))
    .notFound(notFound).fetch
  // Not before something answers: what the sweep exports may come here.
  const stopSchedules = schedules.start((name) => name !== 'redeliver' || looksAfterHooks(env))
  // The functions under way still export to this server: it closes when they have ended, not before.
  undo.add(requests.drain)
  undo.add(stopSchedules)
  undo.add(readRegularly(table, READ_PAUSE_MILLIS))
  // First of all, so that the server does not wait for a long query.
  undo.add(ask.close)
  return { url: `http://localhost:${server.port}`, home, secrets, warehouse, table, exportsTo }
}

/** Who has named neither hook nor token is not told every ten minutes that none is looked after. */
const looksAfterHooks = (env: MutableEnvironment): boolean => Boolean(env.GITHUB_HOOKS?.trim())

/** What is under way is seen in the explorer so much later. */
const READ_PAUSE_MILLIS = 5000

const ROOT = join(import.meta.dirname, '..')

/** That the SDK will give up this Node one day is for who maintains ValueStream, not for who runs it. */
const QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }

const notFound = () => gatewayAnswer(404)

const fail = (cause: unknown): never => {
  throw cause
}
