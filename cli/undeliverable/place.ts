import type { Table } from '../../lib/dynamodb/table.ts'
import { refusal } from '../../local/refusal.ts'
import { useRegion } from '../options.ts'
import { patiently } from '../patience.ts'

export interface PlaceOptions {
  readonly stage?: string
  readonly table?: string
  readonly region?: string
}

/** Where refused spans lie. */
export interface Place {
  readonly table: Table
  /** For people. */
  readonly name: string
  /** What to do where it cannot be used. */
  readonly remedy: (error: unknown) => string
  /** The options that name it: ` --stage prod`; nothing for the local stack. */
  readonly options: string
}

/**
 * A deployed table, or that of the running local stack, where none is named.
 *
 * @throws Refusal
 */
export const placeOf = (options: PlaceOptions, env: NodeJS.ProcessEnv, workingDirectory: string): Promise<Place> => {
  const isDeployed = [options.stage, options.table, options.region, env.TABLE_NAME || undefined].some(
    (named) => named !== undefined,
  )
  return isDeployed ? deployedPlace(options, env) : localPlace(env, workingDirectory)
}

const deployedPlace = async (options: PlaceOptions, env: NodeJS.ProcessEnv): Promise<Place> => {
  const [{ tableNameOf }, { sdkClient }, { remedyOf }] = await Promise.all([
    import('../aws/table-name.ts'),
    import('../../lib/dynamodb/sdk-client.ts'),
    import('../aws/problem.ts'),
  ])
  useRegion(options.region)
  const tableName = await tableNameOf(options, env)
  return {
    table: { client: sdkClient(), tableName },
    name: `The table ${tableName}`,
    remedy: remedyOf,
    options: (['table', 'stage', 'region'] as const)
      .flatMap((name) => (options[name] === undefined ? [] : [` --${name} ${options[name]}`]))
      .join(''),
  }
}

const localPlace = async (env: NodeJS.ProcessEnv, workingDirectory: string): Promise<Place> => {
  const [{ localStack, localTableAddress }, { localTable }] = await Promise.all([
    import('../local-stack.ts'),
    import('../../local/table.ts'),
  ])
  const address = await localTableAddress(localStack(env, workingDirectory))
  return {
    table: localTable(address),
    name: `The local stack's table ${address.name}`,
    remedy: () => 'See whether the stack still runs.',
    options: '',
  }
}

/** @throws Refusal when the table cannot be used */
export const usingIt = async <T>({ name, remedy }: Place, work: () => Promise<T>): Promise<T> => {
  try {
    return await patiently(`${name} is read`, work)
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'StoreUnavailable') throw error
    throw refusal(`${name} cannot be used. ${remedy(error)}`, error)
  }
}
