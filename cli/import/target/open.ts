import { pause } from '../../../functions/parts.ts'
import { sdkClient } from '../../../lib/dynamodb/sdk-client.ts'
import { dynamoDbStore } from '../../../lib/dynamodb/store.ts'
import { TTL_SECONDS } from '../../../lib/dynamodb/ttl.ts'
import { jobRepositories } from '../../../lib/settings/job-repositories.ts'
import { firstOf, readSecrets } from '../../../local/secrets.ts'
import { readLocalSettings } from '../../../local/settings.ts'
import { tableOfStage } from '../../aws/stack-table.ts'
import type { Receiver } from '../receiver.ts'
import { keptInTable, leftToTheSweep } from './exporter.ts'
import { openLocalTable } from './local.ts'
import { stageSettings } from './stage-settings.ts'
import { tableReceiver } from './table.ts'
import { webhookReceiver } from './webhooks.ts'

export interface TargetOptions {
  readonly stage?: string
  readonly table?: string
  readonly to?: string
  readonly emit?: true
  /** The host of GitHub that references without one mean. */
  readonly host: string
}

/** Opened late, so that what stands in the way of reading is told before anything is started. */
export interface Target {
  /** The same for the same target, for the file that tells how far an import is. */
  readonly id: string
  readonly open: () => Promise<Receiver>
}

/**
 * A deployed table, a receiver at an address, or the local stack: by webhooks while it runs, and otherwise with its
 * table opened here.
 *
 * @throws Refusal
 */
export const targetOf = async (options: TargetOptions, env: NodeJS.ProcessEnv): Promise<Target> => {
  const { stage, table, to } = options
  if (stage !== undefined || table !== undefined) {
    const tableName = table ?? (await tableOfStage(stage ?? ''))
    return { id: `table:${tableName}`, open: () => openTable(tableName, options, env) }
  }
  const { home, port } = readLocalSettings(env, process.cwd())
  if (to !== undefined) return { id: `to:${to}`, open: () => Promise.resolve(receiverAt(to, home, env)) }
  return { id: `local:${home}`, open: () => openLocal(home, `http://127.0.0.1:${port}`, options, env) }
}

const openTable = async (tableName: string, options: TargetOptions, env: NodeJS.ProcessEnv): Promise<Receiver> => {
  const settings = options.stage === undefined ? undefined : await stageSettings(options.stage)
  const githubHost = settings?.githubHost ?? options.host
  const mapped = settings?.jobRepositories ?? env.JENKINS_JOB_REPOSITORIES
  return tableReceiver({
    name: `the table ${tableName}`,
    installation: { githubHost, repositoryOfJob: jobRepositories(mapped, githubHost) },
    store: dynamoDbStore({ client: sdkClient(), tableName, now: Date.now, ttlSeconds: TTL_SECONDS }),
    exporter: options.emit === true ? leftToTheSweep : keptInTable,
    emits: options.emit === true,
    pause,
    close: () => Promise.resolve(),
  })
}

const receiverAt = (url: string, home: string, env: NodeJS.ProcessEnv): Receiver => {
  const { github, jenkins } = readSecrets(home, env)
  return webhookReceiver({
    url: url.replace(/\/$/, ''),
    githubSecret: firstOf(github),
    jenkinsToken: firstOf(jenkins),
  })
}

const openLocal = async (
  home: string,
  url: string,
  options: TargetOptions,
  env: NodeJS.ProcessEnv,
): Promise<Receiver> => {
  if (await answers(url)) return receiverAt(url, home, env)
  const { tableName, close } = await openLocalTable(home, env)
  const receiver = await openTable(tableName, options, env)
  return { ...receiver, name: `the local stack's table in ${home}`, close }
}

/** Whether the local stack listens there: it answers a webhook without a signature with a refusal of its own. */
const answers = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(`${url}/github`, { method: 'POST', body: '{}', signal: AbortSignal.timeout(2_000) })
    return response.status === 401
  } catch {
    return false
  }
}
