import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askExplorer } from '../../cli/report/ask-explorer.ts'
import { pullRequestsCsv } from '../../cli/report/csv.ts'
import { lackOf, pullRequestsRows } from '../../cli/report/pull-requests.ts'
import { type PullRequestsQuery, pullRequestsSql } from '../../cli/report/sql.ts'
import { pullRequestsTable } from '../../cli/report/table.ts'
import { askOf } from '../../explorer/ask/ask.ts'
import { explorerApp } from '../../explorer/server/app.ts'
import { openWarehouse, type Warehouse } from '../../explorer/warehouse/warehouse.ts'
import { listen } from '../../local/server.ts'
import { span, withWarehouse } from '../explorer/spans.ts'
import { runCli } from './run-cli.ts'

const HOUR = 3_600_000

/** A pull request that took so many hours until this moment; `lines` and `comments` are left out where nobody knows. */
const pull = (
  id: string,
  closed: string,
  hours: number,
  more: { merged?: boolean; lines?: number; comments?: number; repository?: string; episode?: number } = {},
) => {
  const { merged = true, lines, comments, repository = 'acme/shop', episode = 1 } = more
  const endMillis = Date.parse(closed)
  return span(`${id}-${episode}`, 'pull_request', endMillis - hours * HOUR, endMillis, {
    attributes: {
      'valuestream.activity.key': `pull_request:github.com/${repository}#${id}`,
      'valuestream.episode': episode,
      'pull_request.merged': merged,
      'scm.repository.full_name': repository,
      ...(lines === undefined ? {} : { 'pull_request.additions': lines - 1, 'pull_request.deletions': 1 }),
      ...(comments === undefined
        ? {}
        : { 'pull_request.comments_count': comments, 'pull_request.review_comments_count': 0 }),
    },
  })
}

/** 2026-09-07 is a Monday. */
const RECORDS = [
  pull('1', '2026-09-07T00:00:00Z', 10, { lines: 100, comments: 2 }),
  pull('2', '2026-09-13T23:59:59Z', 30, { lines: 300, comments: 0, merged: false }),
  pull('3', '2026-09-21T12:00:00Z', 20),
  // Closed, reopened, and merged two weeks later: it counts then.
  pull('4', '2026-09-08T12:00:00Z', 99, { lines: 5, comments: 5, merged: false, episode: 1 }),
  pull('4', '2026-09-22T12:00:00Z', 40, { lines: 50, comments: 4, episode: 2 }),
  pull('5', '2026-09-22T12:00:00Z', 1, { repository: 'acme/other', lines: 1, comments: 0 }),
  span('open', 'pull_request', Date.parse('2026-09-22T12:00:00Z'), undefined),
  span('issue', 'issue', 0, HOUR),
]

const reported = (query: Partial<PullRequestsQuery> = {}) =>
  withWarehouse(RECORDS, async (warehouse) =>
    pullRequestsRows(await warehouse.query(pullRequestsSql({ interval: 'week', repository: 'acme/shop', ...query }))),
  )

const WEEKS = [
  {
    ...{ start: '2026-09-07', number: 2, merged: 1, merge_ratio: 0.5, lines: 400, comments: 2 },
    ...{ with_lines: 2, with_comments: 2, p50_hours: 20, p90_hours: 28, mean_hours: 20 },
    // 40 hours over 400 lines; 10 hours over 2 comments, since the other has none to divide by.
    ...{ seconds_a_line: 360, minutes_a_comment: 300, running_p50_hours: 20, running_p90_hours: 28 },
  },
  {
    ...{ start: '2026-09-14', number: 0, merged: 0, merge_ratio: null, lines: null, comments: null },
    ...{ with_lines: 0, with_comments: 0, p50_hours: null, p90_hours: null, mean_hours: null },
    ...{ seconds_a_line: null, minutes_a_comment: null, running_p50_hours: 20, running_p90_hours: 28 },
  },
  {
    ...{ start: '2026-09-21', number: 2, merged: 2, merge_ratio: 1, lines: 50, comments: 4 },
    ...{ with_lines: 1, with_comments: 1, p50_hours: 30, p90_hours: 38, mean_hours: 30 },
    // Of 10, 30, 20 and 40 hours.
    ...{ seconds_a_line: 2880, minutes_a_comment: 600, running_p50_hours: 25, running_p90_hours: 37 },
  },
]

describe('the report of pull requests', () => {
  it('counts each where it was closed last, with percentiles that run on', async () => {
    expect(await reported()).toEqual(WEEKS)
  })

  it('has intervals of other lengths, all repositories, and bounds', async () => {
    const figures = async (query: Partial<PullRequestsQuery>) =>
      (await reported(query)).map(({ start, number }) => [start, number])
    expect(await figures({ interval: 'month' })).toEqual([['2026-09-01', 4]])
    expect(await figures({ repository: 'ACME/Other' })).toEqual([['2026-09-21', 1]])
    expect(await figures({ interval: 'day', fromMillis: Date.parse('2026-09-21') })).toEqual([
      ['2026-09-21', 1],
      ['2026-09-22', 1],
    ])
    expect(await figures({ toMillis: Date.parse('2026-09-13T23:59:59Z') })).toEqual([['2026-09-07', 1]])
    expect(await figures({ repository: "x'; DROP TABLE spans; --/y" })).toEqual([])
  })

  it('says what is not known', () => {
    expect(lackOf(WEEKS)).toBe(
      'Of 4 pull requests 1 tell no lines and 1 tell no comments; those are left out of these figures.',
    )
    expect(lackOf(WEEKS.slice(0, 1))).toBeUndefined()
  })

  it('is a table for people', () => {
    expect(pullRequestsTable(WEEKS.slice(0, 2)).split('\n')).toEqual([
      '      from  PRs  merged  ratio  lines  comments  p50 h  p90 h  mean h  s/line  min/comment  run. p50  run. p90',
      '2026-09-07    2       1   0.50    400         2   20.0   28.0    20.0   360.0        300.0      20.0      28.0',
      '2026-09-14    0       0      –      –         –      –      –       –       –            –      20.0      28.0',
    ])
    expect(pullRequestsTable([])).toContain('There are no closed pull requests')
  })

  it('is CSV that no spreadsheet takes for a formula', () => {
    expect(pullRequestsCsv(WEEKS.slice(0, 2), '=HYPERLINK("https://x"),1').split('\n')).toEqual([
      'repository,from,pull requests,merged,merge ratio,lines changed,comments,hours p50,hours p90,hours mean,seconds a line,minutes a comment,running p50,running p90',
      `"'=HYPERLINK(""https://x""),1",2026-09-07,2,1,0.5,400,2,20,28,20,360,300,20,28`,
      `"'=HYPERLINK(""https://x""),1",2026-09-14,0,0,,,,,,,,,20,28`,
      '',
    ])
  })
})

describe('where a report comes from', () => {
  let home: string
  let path: string
  let warehouse: Warehouse
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'report-'))
    path = join(home, 'explorer.duckdb')
    warehouse = await openWarehouse({ path })
    await warehouse.put(RECORDS)
  })
  afterEach(() => rmSync(home, { recursive: true, force: true }))

  const sql = pullRequestsSql({ interval: 'week', repository: 'acme/shop' })

  it('is the file, and while it is open whoever has it open, with the same answer', async () => {
    const ask = askOf(warehouse, () => 0)
    const page = { html: '', firstPaint: '', js: '', css: '' }
    const app = explorerApp({ warehouse, ask, source: () => ({ source: 'test' }), now: () => 0 }, page)
    const server = await listen(app.fetch, 0)
    const url = `http://localhost:${server.port}`
    const asked = await askExplorer(sql, { url, path, otherwiseUrl: url })
    const printed = await runCli(['report', 'pull-requests', '--repo', 'acme/shop', '--json'], {
      VALUESTREAM_HOME: home,
      PORT: String(server.port),
    })
    await server.close()
    await ask.close()
    await warehouse.close()
    const read = await askExplorer(sql, { path, otherwiseUrl: 'http://localhost:9' })
    expect([pullRequestsRows(asked), pullRequestsRows(read), JSON.parse(printed.out)]).toEqual([WEEKS, WEEKS, WEEKS])

    const csv = await runCli(['report', 'pull-requests', '--repo', 'acme/shop', '--csv'], { VALUESTREAM_HOME: home })
    expect([csv.code, csv.out.split('\n').length, csv.err]).toEqual([0, 5, `${lackOf(WEEKS)}\n`])
  })

  it('is told where there is nothing, or something else', async () => {
    await warehouse.close()
    const nowhere = { path: join(home, 'none.duckdb'), otherwiseUrl: 'http://localhost:9' }
    await expect(askExplorer(sql, nowhere)).rejects.toThrow(
      'Nothing answers at http://localhost:9: start npx valuestream demo',
    )
    const other = await listen(() => new Response('<html>'), 0)
    const url = `http://localhost:${other.port}`
    await expect(askExplorer(sql, { ...nowhere, url })).rejects.toThrow(`What answers at ${url} is not the explorer`)
    await other.close()
    expect((await runCli(['report', 'pull-requests', '--repo', 'shop'])).code).toBe(2)
  })
})
