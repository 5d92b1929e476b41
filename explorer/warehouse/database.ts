import { existsSync, renameSync, rmSync } from 'node:fs'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { refusal } from '../../local/refusal.ts'
import { queryOn } from './rows.ts'
import { SCHEMA, SCHEMA_VERSION } from './schema.ts'

interface Database {
  readonly instance: DuckDBInstance
  readonly writer: DuckDBConnection
}

/** Nothing is fetched from the network, whatever a query names. */
const CONFIGURATION = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' }

/** Opens a database file, or makes it. @throws Error named `Refusal` */
export const openDatabase = async ({
  path,
  isCache = false,
  tellSetAside,
}: {
  readonly path: string
  readonly isCache?: boolean
  readonly tellSetAside?: (sentence: string) => void
}): Promise<Database> => {
  try {
    return await open(path)
  } catch (error) {
    if (path === ':memory:' || isLocked(error)) throw refusalOf(path, error)
    if (isCache) for (const file of filesOf(path)) rmSync(file)
    else if (error instanceof OtherVersion && tellSetAside !== undefined) tellSetAside(setAside(path, error))
    else throw refusalOf(path, error)
    return await open(path)
  }
}

/** The file and the log of what is not in it yet, as far as they are there. */
const filesOf = (path: string): readonly string[] => [path, `${path}.wal`].filter((file) => existsSync(file))

/** Renames it, and says so. */
const setAside = (path: string, { version }: OtherVersion): string => {
  const name = (at: number) => path.replace(/(?:\.duckdb)?$/, `.version-${version}${at === 0 ? '' : `-${at}`}.duckdb`)
  let at = 0
  while (existsSync(name(at))) at += 1
  for (const file of filesOf(path)) renameSync(file, file.replace(path, name(at)))
  return `The explorer's file was made by another version of ValueStream and is kept as ${name(at)}: what the table holds is read again; only spans of other tools, which came over OTLP, are in that file alone.`
}

const open = async (path: string): Promise<Database> => {
  const instance = await DuckDBInstance.create(path, CONFIGURATION)
  try {
    const writer = await instance.connect()
    await makeSchema(writer)
    return { instance, writer }
  } catch (error) {
    instance.closeSync()
    throw error
  }
}

/** In one transaction, so that a kill leaves a file without tables or with all of them. */
const makeSchema = async (connection: DuckDBConnection): Promise<void> => {
  const query = queryOn(connection)
  const tables = await query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'")
  if (tables.length === 0) {
    await query(`BEGIN; ${SCHEMA}; COMMIT`)
    return
  }
  const [about] = tables.some((table) => table.table_name === 'about') ? await query('SELECT version FROM about') : []
  if (about?.version !== SCHEMA_VERSION) throw new OtherVersion(about?.version)
}

class OtherVersion extends Error {
  readonly version: string
  constructor(version: unknown) {
    super('another version')
    this.version = typeof version === 'number' ? String(version) : 'unknown'
  }
}

const isLocked = (error: unknown): boolean => error instanceof Error && /could not set lock/i.test(error.message)

const refusalOf = (path: string, cause: unknown): Error => refusal(sentenceOf(path, cause), cause)

const sentenceOf = (path: string, cause: unknown): string => {
  if (isLocked(cause)) return `Another process has ${path} open: end it, such as the duckdb shell, and start again.`
  if (cause instanceof OtherVersion) {
    return `The file ${path} was made by another version of ValueStream: start this one, which keeps it under another name and reads the table again.`
  }
  const [first = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
  return `The file ${path} cannot be read (${first}): move it away, and start again.`
}
