import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DuckDBInstance } from '@duckdb/node-api'
import { openWarehouse } from '../../../explorer/warehouse/warehouse.ts'
import { spanRecord } from '../../support/span-record.ts'

const folder = mkdtempSync(join(tmpdir(), 'valuestream-warehouse-'))
afterAll(() => rmSync(folder, { recursive: true }))

const inFile = async (path: string, sql: string): Promise<void> => {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run(sql)
  connection.closeSync()
  instance.closeSync()
}

describe('the file', () => {
  it('keeps what was put over the end of the process', async () => {
    const path = join(folder, 'kept.duckdb')
    const first = await openWarehouse({ path })
    await first.put([spanRecord()])
    await first.close()
    const second = await openWarehouse({ path })
    expect(await second.query('SELECT span_id FROM spans')).toEqual([{ span_id: 'b'.repeat(16) }])
    await second.close()
  })

  it('holds whole transactions after a kill, and every one that was told of', async () => {
    const path = join(folder, 'killed.duckdb')
    const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'writing-child.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let told = 0
    for await (const line of createInterface({ input: child.stdout })) {
      told = Number(line)
      if (told === 20) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    const warehouse = await openWarehouse({ path })
    const traces = await warehouse.query(
      'SELECT trace_no, count(*) AS spans FROM spans GROUP BY trace_no ORDER BY trace_no',
    )
    expect(traces.length).toBeGreaterThanOrEqual(told)
    expect(traces.filter(({ spans }) => spans !== 50)).toEqual([])
    await warehouse.index()
    expect(
      await warehouse.query("SELECT count(*) AS marks FROM marks JOIN items USING (item_no) WHERE name = 'type'"),
    ).toEqual([{ marks: traces.length * 50 }])
    await warehouse.close()
  })

  it.each<[string, (path: string) => Promise<void> | void, string]>([
    ['is no database', (path) => writeFileSync(path, 'x'.repeat(10_000)), 'cannot be read'],
    [
      'was made by another version',
      async (path) => {
        await (await openWarehouse({ path })).close()
        await inFile(path, 'UPDATE about SET version = 99')
      },
      'was made by another version of ValueStream: start this one',
    ],
    [
      'is a database of something else',
      (path) => inFile(path, 'CREATE TABLE mine AS SELECT 1'),
      'was made by another version',
    ],
  ])('that %s is refused in one sentence, and begun anew where it is a cache', async (what, make, sentence) => {
    const path = join(folder, `${what.replaceAll(' ', '-')}.duckdb`)
    await make(path)
    await expect(openWarehouse({ path })).rejects.toMatchObject({
      name: 'Refusal',
      message: expect.stringContaining(sentence),
    })
    expect(existsSync(path)).toBe(true)
    const anew = await openWarehouse({ path, isCache: true })
    expect(await anew.query('SELECT count(*) AS spans FROM spans')).toEqual([{ spans: 0 }])
    await anew.close()
  })
  it('of another version is kept under another name, each of several, and begun anew where that can be told', async () => {
    const path = join(folder, 'older.duckdb')
    const told: string[] = []
    for (const spanId of ['c', 'd'].map((digit) => digit.repeat(16))) {
      const older = await openWarehouse({ path, tellSetAside: (sentence) => told.push(sentence) })
      expect(await older.query('SELECT span_id FROM spans')).toEqual([])
      await older.put([spanRecord({ spanId })])
      await older.close()
      await inFile(path, 'UPDATE about SET version = 1')
    }
    const anew = await openWarehouse({ path, tellSetAside: (sentence) => told.push(sentence) })
    await anew.close()
    expect(told.map((sentence) => sentence.replace(folder, '').split(':')[0])).toEqual([
      "The explorer's file was made by another version of ValueStream and is kept as /older.version-1.duckdb",
      "The explorer's file was made by another version of ValueStream and is kept as /older.version-1-1.duckdb",
    ])
    expect(existsSync(join(folder, 'older.version-1.duckdb'))).toBe(true)
    expect(existsSync(join(folder, 'older.version-1-1.duckdb'))).toBe(true)
  })
})
