import type { TableReader } from '../../explorer/intake/read-table.ts'
import type { Warehouse } from '../../explorer/warehouse/warehouse.ts'
import { refusal } from '../../local/refusal.ts'

const TELL_MILLIS = 1000

/** Reads the table to its end and tells how far it is. @throws Refusal when it cannot be read to the end */
export const readWithProgress = async (
  table: TableReader,
  { query }: Pick<Warehouse, 'query'>,
  tell: (spans: number) => void,
): Promise<number> => {
  const count = async () => Number((await query('SELECT count(*) AS spans FROM spans'))[0]?.spans)
  const telling = setInterval(() => void count().then(tell, () => {}), TELL_MILLIS)
  try {
    await table.read()
  } finally {
    clearInterval(telling)
  }
  const { problem } = table.state()
  if (problem !== undefined) throw refusal(problem)
  return count()
}
