import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { attributeNames } from '../explorer/analysis/attribute-names.ts'
import { correlations } from '../explorer/analysis/correlations.ts'
import { criticalPath } from '../explorer/analysis/critical-path.ts'
import { flow } from '../explorer/analysis/flow.ts'
import { groups } from '../explorer/analysis/groups.ts'
import { histogram } from '../explorer/analysis/histogram.ts'
import { spans } from '../explorer/analysis/spans.ts'
import { status } from '../explorer/analysis/status.ts'
import { trace } from '../explorer/analysis/trace.ts'
import type { Query } from '../explorer/query.ts'
import { openWarehouse, type Warehouse } from '../explorer/warehouse/warehouse.ts'
import { deliverySpans, multiply, TRACE_SPANS } from './delivery-spans.ts'

/** By way of `put`; the rest are copies of them, made in SQL. */
const PUT_SPANS = 50_000
const PUT_TRACES_AT_A_TIME = 500
/** What a click takes is told over so many, whatever else is measured. */
const CLICK_SPANS = 100_000

export interface ExplorerFigures {
  readonly spans: number
  readonly putSpansASecond: number
  readonly indexMillis: number
  readonly fileMegabytes: number
  readonly residentMegabytes: number
  /** The median of several runs each: over {@link CLICK_SPANS} spans, and over all, where those are more. */
  readonly clickMillis: Millis
  readonly millis?: Millis
}

type Millis = Readonly<Record<string, number>>

/** How long the explorer's questions take over so many spans. */
export const measureExplorer = async (count: number, folder: string): Promise<ExplorerFigures> => {
  const path = join(folder, 'explorer.duckdb')
  if (existsSync(path)) rmSync(path)
  const warehouse = await openWarehouse({ path })
  try {
    const putMillis = await timed(() => put(warehouse))
    const indexMillis = await timed(() => warehouse.index())
    await multiply(warehouse, CLICK_SPANS / PUT_SPANS, 0)
    await warehouse.query('CHECKPOINT')
    const clickMillis = await questions(warehouse)
    if (count > CLICK_SPANS) {
      await multiply(warehouse, count / CLICK_SPANS, 1)
      await warehouse.query('CHECKPOINT')
    }
    return {
      spans: Math.max(count, CLICK_SPANS),
      putSpansASecond: (PUT_SPANS / putMillis) * 1000,
      indexMillis,
      fileMegabytes: statSync(path).size / 1e6,
      clickMillis,
      ...(count > CLICK_SPANS ? { millis: await questions(warehouse) } : {}),
      residentMegabytes: process.memoryUsage().rss / 1e6,
    }
  } finally {
    await warehouse.close()
  }
}

const put = async (warehouse: Warehouse): Promise<void> => {
  const traces = PUT_SPANS / TRACE_SPANS
  for (let from = 0; from < traces; from += PUT_TRACES_AT_A_TIME) {
    await warehouse.put(deliverySpans(from, PUT_TRACES_AT_A_TIME))
  }
}

const questions = async (warehouse: Warehouse): Promise<Millis> => {
  const issues: Query = { operation: 'issue', filters: [], selection: { kind: 'slow' } }
  const deploys: Query = { operation: 'deploy', filters: [], selection: { kind: 'failed' } }
  const filtered: Query = {
    ...issues,
    filters: [{ scope: 'deploy', name: 'build.parameter.deploy_type', value: 'ami', isNot: false }],
  }
  const page = { sort: 'duration', order: 'desc', limit: 50, offset: 0, isSelectedOnly: false } as const
  const [first] = await warehouse.query('SELECT trace_id FROM spans LIMIT 1')
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    status: () => status(warehouse, { source: 'bench' }),
    'correlations, slow issues': () => correlations(warehouse, issues),
    'correlations, slow deploys': () => correlations(warehouse, { ...deploys, selection: { kind: 'slow' } }),
    'correlations, failed deploys': () => correlations(warehouse, deploys),
    'histogram, issues': () => histogram(warehouse, issues),
    'histogram, filtered by a deploy': () => histogram(warehouse, filtered),
    'groups by own attribute': () => groups(warehouse, issues, { scope: 'self', name: 'user.name' }),
    'groups by a deploy': () => groups(warehouse, issues, { scope: 'deploy', name: 'build.parameter.deploy_type' }),
    'names of attributes': () => attributeNames(warehouse, issues),
    'spans, a page': () => spans(warehouse, issues, page),
    'critical path, issues': () => criticalPath(warehouse, issues),
    'critical path, deploys': () => criticalPath(warehouse, deploys),
    flow: () => flow(warehouse, { filters: [] }, Date.now()),
    'flow by repository': () => flow(warehouse, { filters: [], by: 'vcs.repository.name' }, Date.now()),
    trace: () => trace(warehouse, String(first?.trace_id), Date.now()),
  }
  const millis: [string, number][] = []
  for (const [name, ask] of Object.entries(asked)) millis.push([name, await medianTime(ask)])
  return Object.fromEntries(millis)
}

const timed = async (task: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await task()
  return performance.now() - from
}

const RUNS = 5

const medianTime = async (task: () => Promise<unknown>): Promise<number> => {
  const times: number[] = []
  for (let run = 0; run < RUNS; run += 1) times.push(await timed(task))
  return times.sort((a, b) => a - b)[RUNS >> 1] ?? 0
}

/** A table to read: what was measured, and of each question how long it took over so many spans. */
export const explorerTable = (figures: ExplorerFigures): string => {
  const { clickMillis, millis } = figures
  const row = (name: string, ...cells: readonly string[]) =>
    `  ${name.padEnd(34)}${cells.map((cell) => cell.padStart(14)).join('')}`
  return [
    `explorer  ${figures.spans} spans, ${PUT_SPANS} of them by put, the others copies made in SQL`,
    row('load, put', `${figures.putSpansASecond.toFixed(0)} spans/s`),
    row('load, index of them', `${figures.indexMillis.toFixed(0)} ms`),
    row('file', `${figures.fileMegabytes.toFixed(0)} MB`),
    row('memory of the process', `${figures.residentMegabytes.toFixed(0)} MB`),
    row('over so many spans', String(CLICK_SPANS), ...(millis === undefined ? [] : [String(figures.spans)])),
    ...Object.entries(clickMillis).map(([name, click]) =>
      row(name, `${click.toFixed(0)} ms`, ...(millis === undefined ? [] : [`${millis[name]?.toFixed(0)} ms`])),
    ),
  ].join('\n')
}
