import { existsSync } from 'node:fs'
import { openWarehouse, type Warehouse } from '../explorer/warehouse/warehouse.ts'
import { isRefusal } from '../local/refusal.ts'

/** Where the explorer's answers come from. */
export interface Place {
  /** A server that was named: it is asked, and nothing else. */
  readonly url?: string
  /** The database's file, which only one process can have open. */
  readonly path: string
  /** Who has it open, or who is asked where there is none. */
  readonly otherwiseUrl: string
}

/**
 * An answer from the database's file; from whoever has that open, or from the server that was named, `fromServer` has it.
 *
 * @throws Refusal
 */
export const answerAt = async <T>(
  { url, path, otherwiseUrl }: Place,
  fromFile: (warehouse: Warehouse) => Promise<T>,
  fromServer: (url: string) => Promise<T>,
): Promise<T> => {
  if (url !== undefined) return fromServer(url)
  const warehouse = existsSync(path) ? await opened(path) : undefined
  if (warehouse === undefined) return fromServer(otherwiseUrl)
  try {
    return await fromFile(warehouse)
  } finally {
    await warehouse.close()
  }
}

/** Undefined when another process has it open. */
const opened = async (path: string): Promise<Warehouse | undefined> => {
  try {
    return await openWarehouse({ path })
  } catch (error) {
    if (isRefusal(error) && error.message.startsWith('Another process')) return undefined
    throw error
  }
}
