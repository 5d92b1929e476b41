import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { correlate } from '../../cli/correlate/correlate.ts'
import { askOf } from '../../explorer/ask/ask.ts'
import { explorerApp } from '../../explorer/server/app.ts'
import { openWarehouse, type Warehouse } from '../../explorer/warehouse/warehouse.ts'
import { type ListeningServer, listen } from '../../local/server.ts'
import { span } from '../explorer/spans.ts'

const HOUR = 3_600_000
const PAGE = { html: '', firstPaint: '', js: '', css: '' }

/** Issues of which those that are deployed as `ami` are the slow ones. */
const records = Array.from({ length: 100 }, (_, at) => {
  const isSlow = at % 10 === 0
  const traceId = `t${at}`
  return [
    span(`i${at}`, 'issue', 0, (isSlow ? 100 : 10) * HOUR + at, { traceId }),
    span(`d${at}`, 'deploy', HOUR, 2 * HOUR, {
      traceId,
      parentSpanId: `i${at}`,
      attributes: { 'build.parameter.deploy_type': isSlow ? 'ami' : 'container' },
    }),
  ]
}).flat()

let home: string
let path: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'correlate-'))
  path = join(home, 'explorer.duckdb')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const filled = async (): Promise<Warehouse> => {
  const warehouse = await openWarehouse({ path })
  await warehouse.put(records)
  return warehouse
}

const serving = async <T>(warehouse: Warehouse, work: (server: ListeningServer) => Promise<T>): Promise<T> => {
  const ask = askOf(warehouse, () => 0)
  const app = explorerApp({ warehouse, ask, source: () => ({ source: 'test' }), now: () => 0 }, PAGE)
  const server = await listen(app.fetch, 0)
  try {
    return await work(server)
  } finally {
    await server.close()
  }
}

const slow = new URLSearchParams({ operation: 'issue', select: 'slow' })
const nowhere = 'http://localhost:9'

const run = (args: readonly string[], env: Record<string, string>) =>
  new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      ['cli/valuestream.cjs', 'correlate', ...args],
      { env: { PATH: process.env.PATH ?? '', VALUESTREAM_HOME: home, ...env } },
      (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
    )
  })

describe('npx valuestream correlate', () => {
  it('reads the database’s file where nobody has it open', async () => {
    await (await filled()).close()
    const { passing, selection } = await correlate(slow, { path, otherwiseUrl: nowhere })
    expect([selection.count, passing[0]?.marks[0]]).toMatchObject([
      10,
      { scope: 'deploy', name: 'build.parameter.deploy_type', value: 'ami' },
    ])
  })

  it('asks a server that is named, and gets what stands in its file', async () => {
    const warehouse = await filled()
    const [asked, read] = await serving(warehouse, async ({ port }) => [
      await correlate(slow, { url: `http://localhost:${port}`, path, otherwiseUrl: nowhere }),
      await (await fetch(`http://localhost:${port}/api/correlations?${slow}`)).json(),
    ])
    await warehouse.close()
    expect(asked).toEqual(read)
  })

  it('asks who has the file open, and prints a table or JSON', async () => {
    const warehouse = await filled()
    const [table, json] = await serving(warehouse, async ({ port }) => [
      await run(['--operation', 'issue', '--slow'], { PORT: String(port) }),
      await run(['--failed', '--json'], { PORT: String(port) }),
    ])
    await warehouse.close()
    expect(table).toMatchObject({ code: 0, err: '' })
    expect(table.out.split('\n').slice(0, 4)).toEqual([
      'issue: 10 slow (4 d 4 h or more) of 100, compared with the other 90.',
      '',
      expect.stringMatching(/^ +slow +others +score +q +median +without$/),
      expect.stringMatching(
        /^deploy build\.parameter\.deploy_type = ami +10\/10 +0\/90 +\+1\.00 +<0\.001 +4 d 4 h +10 h$/,
      ),
    ])
    expect(JSON.parse(json.out)).toMatchObject({ selection: { kind: 'failed', count: 0 }, passing: [] })
  })

  it('says what to do where there is nothing to read', async () => {
    await expect(correlate(slow, { path, otherwiseUrl: nowhere })).rejects.toThrow(
      'Nothing answers at http://localhost:9: start npx valuestream demo or npx valuestream explore, or name the address of one with --url.',
    )
  })

  it('does not take another server’s answer for one', async () => {
    const server = await listen(() => new Response('<html>'), 0)
    const url = `http://localhost:${server.port}`
    await expect(correlate(slow, { url, path, otherwiseUrl: nowhere })).rejects.toThrow(
      `What answers at ${url} is not the explorer: name the address that it printed with --url.`,
    )
    await server.close()
  })

  it('says what is wrong with an option', async () => {
    const [twice, filter] = [await run(['--slow', '--fast'], {}), await run(['--filter', 'odd'], {})]
    expect(twice.code).toBe(2)
    expect(twice.err).toContain("option '--slow' cannot be used with option '--fast'")
    expect(filter).toEqual({
      code: 2,
      out: '',
      err: '--filter takes [!]<self or operation>:<attribute>=<value>, such as deploy:build.parameter.deploy_type=ami.\n',
    })
  })
})
