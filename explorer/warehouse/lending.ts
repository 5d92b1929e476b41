import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** Connections to a database, each for as long as some work takes. */
export interface Lending {
  /** A connection of its own. @throws Error once it is ended */
  readonly lend: <T>(work: (connection: DuckDBConnection) => Promise<T>) => Promise<T>
  /** Some work on a connection that is kept, which is ended with the others. @throws Error once it is ended */
  readonly use: <T>(connection: DuckDBConnection, work: () => Promise<T>) => Promise<T>
  /** Interrupts what is under way, and waits for its end: DuckDB crashes where its database is closed before. */
  readonly end: () => Promise<void>
}

/** What was not under way yet cannot be interrupted, so it is done again and again. */
const AGAIN_MILLIS = 20

export const lending = (instance: Pick<DuckDBInstance, 'connect'>): Lending => {
  const underWay = new Map<Promise<unknown>, DuckDBConnection>()
  let isEnded = false
  const use: Lending['use'] = async (connection, work) => {
    if (isEnded) throw new Error('The database is closed.')
    const working = work()
    underWay.set(working, connection)
    try {
      return await working
    } finally {
      underWay.delete(working)
    }
  }
  const lend: Lending['lend'] = async (work) => {
    if (isEnded) throw new Error('The database is closed.')
    const connection = await instance.connect()
    const workAndClose = async () => {
      try {
        return await work(connection)
      } finally {
        connection.closeSync()
      }
    }
    return use(connection, workAndClose)
  }
  const end = async (): Promise<void> => {
    isEnded = true
    const interrupt = () => {
      for (const connection of underWay.values()) connection.interrupt()
    }
    const again = setInterval(interrupt, AGAIN_MILLIS)
    interrupt()
    await Promise.allSettled(underWay.keys())
    clearInterval(again)
  }
  return { lend, use, end }
}
