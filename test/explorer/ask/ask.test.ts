import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ASK_LIMITS, type Ask, type Asked, askOf } from '../../../explorer/ask/ask.ts'
import { schemaOf } from '../../../explorer/ask/schema-of.ts'
import { openWarehouse, type Warehouse } from '../../../explorer/warehouse/warehouse.ts'
import { span } from '../spans.ts'

let folder: string
let warehouse: Warehouse
let asking: Ask
const ask: Ask['run'] = (sql, signal) => asking.run(sql, signal)
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ask-'))
  warehouse = await openWarehouse({ path: join(folder, 'explorer.duckdb') })
  await warehouse.put([span('i', 'issue', 0, 3_600_000), span('d', 'deploy', 1000, undefined, { parentSpanId: 'i' })])
  asking = askOf(warehouse, () => 0)
})
afterEach(async () => {
  await asking.close()
  await warehouse.close()
  rmSync(folder, { recursive: true, force: true })
})

const message = (asked: Asked): string => (asked.kind === 'answer' ? JSON.stringify(asked.answer.rows) : asked.message)
const refused = async (sql: string): Promise<string> => {
  const asked = await ask(sql)
  expect(asked.kind).toBe('refused')
  return message(asked)
}

describe('an answer', () => {
  it('has numbers where JSON holds them, times as ISO text, and all else as text', async () => {
    expect(
      await ask(
        `SELECT span_id, duration_ms, start_time, end_time IS NULL AS is_open, 9007199254740993 AS large, 12 AS small,
           1.50 AS price, NULL AS nothing, [1, 2] AS list, 'nan'::DOUBLE AS nan, DATE '2026-01-02' AS day
         FROM spans ORDER BY span_id DESC LIMIT 1`,
      ),
    ).toEqual({
      kind: 'answer',
      answer: {
        columns: [
          { name: 'span_id', type: 'VARCHAR' },
          { name: 'duration_ms', type: 'DOUBLE' },
          { name: 'start_time', type: 'TIMESTAMP' },
          { name: 'is_open', type: 'BOOLEAN' },
          { name: 'large', type: 'BIGINT' },
          { name: 'small', type: 'INTEGER' },
          { name: 'price', type: 'DECIMAL(3,2)' },
          { name: 'nothing', type: 'INTEGER' },
          { name: 'list', type: 'INTEGER[]' },
          { name: 'nan', type: 'DOUBLE' },
          { name: 'day', type: 'DATE' },
        ],
        rows: [
          [
            'i',
            3_600_000,
            '1970-01-01T00:00:00.000Z',
            false,
            '9007199254740993',
            12,
            1.5,
            null,
            '[1, 2]',
            'NaN',
            '2026-01-02',
          ],
        ],
        isCut: false,
        tookMillis: 0,
      },
    })
  })

  it.each([
    'WITH a AS (SELECT 1) FROM a',
    'EXPLAIN SELECT 1',
    'DESCRIBE spans',
    'SHOW TABLES',
    'SUMMARIZE spans',
    'SELECT 1; -- and no more',
  ])('is given to %s', async (sql) => {
    expect((await ask(sql)).kind).toBe('answer')
  })

  it('has as many rows as are shown, and says that there were more', async () => {
    const few = askOf(warehouse, () => 0, { ...ASK_LIMITS, rows: 2 })
    const [exact, more] = [await few.run('FROM range(2)'), await few.run('FROM range(1000000000000)')]
    expect(exact).toMatchObject({ answer: { rows: [[0], [1]], isCut: false } })
    expect(more).toMatchObject({ answer: { rows: [[0], [1]], isCut: true } })
  })

  it('is no larger than what is shown: long text is cut, and so are rows', async () => {
    const small = askOf(warehouse, () => 0, { ...ASK_LIMITS, characters: 25_000 })
    const asked = await small.run("SELECT repeat('x', 20000) FROM range(5)")
    expect(asked).toMatchObject({ answer: { isCut: true } })
    expect(asked.kind === 'answer' && asked.answer.rows.map(([cell]) => String(cell).length)).toEqual([10_001, 10_001])
  })

  it('is, of a mistake, what the database says', async () => {
    expect(await refused('SELECT nothing FROM spans')).toMatch(/^Binder Error: Referenced column "nothing" not found/)
    expect(await refused('SELEKT 1')).toMatch(/syntax error at or near "SELEKT"/)
    expect(await refused(' ')).toMatch(/^Ask something/)
  })

  it('comes after a mistake as before', async () => {
    await refused('SELECT nothing FROM spans')
    expect(message(await ask('SELECT count(*) FROM spans'))).toBe('[[2]]')
  })
})

describe('what is asked', () => {
  const unharmed = async () =>
    expect(await warehouse.query('SELECT span_id, operation FROM spans ORDER BY span_id')).toEqual([
      { span_id: 'd', operation: 'deploy' },
      { span_id: 'i', operation: 'issue' },
    ])
  const noFiles = /file system operations are disabled by configuration/
  const onlyReads = /^Only what reads is run here/

  it.each([
    ["SELECT * FROM read_csv('/etc/passwd')", noFiles],
    ["SELECT * FROM read_text('/etc/passwd')", noFiles],
    ["SELECT * FROM read_blob('/etc/passwd')", noFiles],
    ["SELECT * FROM read_json('/etc/passwd')", noFiles],
    ["SELECT * FROM sniff_csv('/etc/passwd')", noFiles],
    ["SELECT * FROM glob('/etc/*')", noFiles],
    ["SELECT * FROM '/etc/passwd'", /does not exist/],
    ["SELECT * FROM 'https://example.com/a.csv'", /does not exist|disabled/],
    ["SELECT * FROM read_parquet('https://example.com/a.parquet')", noFiles],
    ['SELECT * FROM duckdb_secrets()', /disabled by configuration/],
    ["COPY spans TO 'x.csv'", /disabled by configuration|Only what reads/],
    ["COPY spans FROM 'x.csv'", /disabled by configuration|Only what reads/],
    ["EXPORT DATABASE 'x'", /disabled by configuration|Only what reads/],
    ["ATTACH 'x.duckdb'", onlyReads],
    ["ATTACH ':memory:' AS other", onlyReads],
    ['DETACH explorer', onlyReads],
    ['INSTALL httpfs', /disabled|Only what reads/],
    ['LOAD httpfs', /disabled|Only what reads/],
    ['SET threads = 64', onlyReads],
    ["SET VARIABLE a = getvariable('b')", onlyReads],
    ["PRAGMA memory_limit = '100GB'", onlyReads],
    ['PRAGMA enable_profiling', onlyReads],
    ['CALL force_checkpoint()', onlyReads],
    ["SELECT getenv('HOME')", /getenv does not exist/],
    ['DELETE FROM spans', /read-only mode|Only what reads/],
    ["UPDATE spans SET operation = 'x'", /read-only mode|Only what reads/],
    ['INSERT INTO about VALUES (2)', /read-only mode|Only what reads/],
    ['DROP TABLE spans', /read-only mode|Only what reads/],
    ['CREATE TABLE mine AS SELECT 1', /read-only mode|Only what reads/],
    ['CREATE TEMP TABLE mine AS SELECT 1', onlyReads],
    ['ALTER TABLE spans ADD COLUMN x INTEGER', /read-only mode|Only what reads/],
    ['VACUUM', onlyReads],
    ['EXPLAIN ANALYZE DELETE FROM spans', /read-only mode/],
    ["SELECT nextval('span_numbers')", /read-only mode/],
    ["SELECT * FROM query('DELETE FROM spans')", /Expected a single SELECT/],
    ['PREPARE harm AS DELETE FROM spans', /read-only mode|Only what reads/],
    ['COMMIT', onlyReads],
    ['ROLLBACK', onlyReads],
    ['SELECT 1; DELETE FROM spans', /^One statement at a time/],
    ['ROLLBACK; DELETE FROM spans', /^One statement at a time/],
  ])('does no harm: %s', async (sql, why) => {
    expect(await refused(sql)).toMatch(why)
    await unharmed()
    expect(existsSync('x.csv') || existsSync('x.duckdb') || existsSync('x')).toBe(false)
  })

  it.each([
    ['that never ends', 'WITH RECURSIVE a AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM a) SELECT count(*) FROM a'],
    [
      'of everything with everything',
      'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range < b.range',
    ],
  ])('is stopped after a while when it is a query %s', async (_, sql) => {
    const impatient = askOf(warehouse, () => 0, { ...ASK_LIMITS, timeMillis: 200 })
    expect(message(await impatient.run(sql))).toBe(
      'The query was stopped after 0.2 seconds: narrow it down, such as by start_time or with a LIMIT.',
    )
    await unharmed()
  })

  it('does not eat more memory than it may', async () => {
    const sql = "SELECT string_agg(repeat('x', 1000000), '') FROM range(100000)"
    expect(await refused(sql)).toMatch(/^Out of Memory Error/)
    await unharmed()
  })

  it('is stopped when nobody waits for the answer any more', async () => {
    const patience = new AbortController()
    const asked = ask('SELECT count(*) FROM range(10000000000000)', patience.signal)
    patience.abort()
    expect((await asked).kind).toBe('refused')
  })

  it('runs alone', async () => {
    const patience = new AbortController()
    const first = ask('SELECT count(*) FROM range(10000000000000)', patience.signal)
    expect(await ask('SELECT 1')).toEqual({
      kind: 'busy',
      message: 'Another query is running: ask again when it has ended.',
    })
    patience.abort()
    await first
  })

  it('leaves spans to be put and read as before', async () => {
    await ask('SELECT 1')
    await warehouse.put([span('b', 'build', 5, 6)])
    await warehouse.index()
    expect(message(await ask('SELECT count(*) FROM spans'))).toBe('[[3]]')
  })

  it('is no longer than a query may be', async () => {
    expect(await refused(`SELECT ${'1 + '.repeat(9000)} 1`)).toBe('A query takes at most 20000 characters.')
  })

  it('ends before the database is closed', async () => {
    const asked = ask('SELECT count(*) FROM range(10000000000000)')
    await asking.close()
    expect((await asked).kind).toBe('refused')
  })

  it('cannot reach the files beside the database either', async () => {
    writeFileSync(join(folder, 'secrets.csv'), 'a,b\n1,2\n')
    expect(await refused(`SELECT * FROM read_csv('${join(folder, 'secrets.csv')}')`)).toMatch(noFiles)
  })
})

describe('the schema', () => {
  it('tells the tables that are for people, with types and meanings', async () => {
    const { tables } = await schemaOf(warehouse.query)
    expect(tables.map(({ name, columns }) => [name, columns.length])).toEqual([
      ['spans', 13],
      ['attributes', 5],
    ])
    expect(tables[0]?.columns.slice(-3)).toEqual([
      { name: 'is_error', type: 'BOOLEAN', meaning: 'Whether it failed.' },
      {
        name: 'result',
        type: 'VARCHAR',
        meaning: '`success`, `failure`, `error`, `timeout`, `cancellation` or `skip`.',
      },
      {
        name: 'attributes',
        type: 'MAP(VARCHAR, VARCHAR)',
        meaning: "Its attributes, all as text: attributes['build.parameter.deploy_type'].",
      },
    ])
    expect(tables.flatMap(({ columns }) => columns).every(({ type }) => type !== '')).toBe(true)
  })

  it('has examples that run', async () => {
    const { examples } = await schemaOf(warehouse.query)
    expect(examples.length).toBeGreaterThanOrEqual(5)
    for (const { sql } of examples) expect(await ask(sql)).toMatchObject({ kind: 'answer' })
  })
})
