import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databasePath } from '../../cli/database-path.ts'
import { explore } from '../../cli/explore/explore.ts'
import { remedyFor } from '../../cli/explore/table-problem.ts'
import { openWarehouse } from '../../explorer/warehouse/warehouse.ts'
import { type ContextFeed, StoreUnavailable } from '../../lib/record/ports.ts'
import { span } from '../explorer/spans.ts'

const PAGE = { html: '<title>ValueStream</title>', firstPaint: '', js: '', css: '' }
const NOTHING_NEW: ContextFeed = { changes: async function* () {}, read: async () => [] }

let home: string
let printed: string[]
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'explore-'))
  printed = []
  const before = await openWarehouse({ path: databasePath(home, 'contexts') })
  await before.put([
    span('i', 'issue', 0, 1000, { attributes: { 'issue.number': 12 } }),
    span('o', 'issue', 5, undefined),
  ])
  await before.close()
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const options = () => ({
  tableName: 'contexts',
  feed: NOTHING_NEW,
  home,
  port: 0,
  page: async () => PAGE,
  print: (text: string) => void printed.push(text),
  now: () => 10_000,
})

describe('npx valuestream explore', () => {
  it('serves the explorer of what it has read, and what it had read before', async () => {
    const { url, stop } = await explore(options())
    const [page, status] = [await fetch(`${url}/`), await fetch(`${url}/api/status`)]
    expect([await page.text(), await status.json()]).toMatchObject([
      PAGE.html,
      { spans: 1, open: 1, source: 'contexts', readMillis: 10_000 },
    ])
    await stop()
    await expect(fetch(`${url}/`)).rejects.toThrow()
    expect(printed.slice(0, 2)).toEqual(['Reading contexts; what was read before is not read again.', '  2 spans.'])
  })

  it('writes the spans out as Parquet, and ends', async () => {
    const file = join(home, "o'spans.parquet")
    const { url, stop } = await explore({ ...options(), exportTo: file })
    await stop()
    expect([url, printed.at(-1)]).toEqual([undefined, `2 spans are written to ${file}.`])
    const reader = await openWarehouse({ path: ':memory:' })
    expect(
      await reader.query(
        `SELECT span_id, start_time, end_time, attributes['issue.number'] AS number FROM read_parquet($file)`,
        { file },
      ),
    ).toEqual([
      { span_id: 'i', start_time: 0, end_time: 1000, number: '12' },
      { span_id: 'o', start_time: 5, end_time: null, number: null },
    ])
    await reader.close()
  })

  it('says where a file cannot be written', async () => {
    const file = join(home, 'none', 'spans.parquet')
    await expect(explore({ ...options(), exportTo: file })).rejects.toThrow(
      `The file ${file} cannot be written: name one in a folder that can, with --export.`,
    )
    expect(existsSync(file)).toBe(false)
  })

  it('says why a table cannot be read, and lets go of its database', async () => {
    const feed: ContextFeed = {
      // biome-ignore lint/correctness/useYield: it fails before there is anything
      changes: async function* () {
        throw new StoreUnavailable('DynamoDB table contexts: AccessDeniedException', new Error('no'))
      },
      read: async () => [],
    }
    await expect(explore({ ...options(), feed })).rejects.toThrow(
      'The table contexts cannot be read. These credentials may not read it: they need dynamodb:Query on its index "changes" and dynamodb:BatchGetItem on the table.',
    )
    await (await openWarehouse({ path: databasePath(home, 'contexts') })).close()
  })
})

test.each([
  [new Error('Region is missing'), 'Name its region with --region or AWS_REGION.'],
  [
    Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' }),
    'There are no AWS credentials in this shell: sign in, or set AWS_PROFILE.',
  ],
  [
    new StoreUnavailable('DynamoDB table x: ResourceNotFoundException', new Error('')),
    'There is no such table in this region: its name is the output TableName of the stack.',
  ],
  [
    new StoreUnavailable(
      'DynamoDB table x: Error',
      Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }),
    ),
    'AWS cannot be reached from here.',
  ],
  [new Error('odd'), 'AWS says: Error: odd.'],
])('of %s it says what to do', (error, remedy) => {
  expect(remedyFor(error)).toBe(remedy)
})
