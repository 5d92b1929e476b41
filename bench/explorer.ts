import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { attributeNames } from '../explorer/analysis/attribute-names.ts'
import { correlations } from '../explorer/analysis/correlations.ts'
import { criticalPath } from '../explorer/analysis/critical-path.ts'
import { flow } from '../explorer/analysis/flow.ts'
import { groups } from '../explorer/analysis/groups.ts'
import { histogram } from '../explorer/analysis/histogram.ts'
import { spans } from '../explorer/analysis/spans.ts'
import type { Query } from '../explorer/query.ts'
import { openWarehouse, type Warehouse } from '../explorer/warehouse/warehouse.ts'
import { deliverySpans, multiply, TRACE_SPANS } from './delivery-spans.ts'

/** By way of `put`; the rest are copies of them, made in SQL. */
const PUT_SPANS = 50_000
const PUT_TRACES_AT_A_TIME = 500

export interface ExplorerFigures {
  readonly spans: number
  readonly putSpansASecond: number
  readonly indexMillis: number
  readonly fileMegabytes: number
  readonly residentMegabytes: number
  /** The median of several runs each. */
  readonly millis: Readonly<Record<string, number>>
}

/** How long the explorer's questions take over so many spans. */
export const measureExplorer = async (count: number, folder: string): Promise<ExplorerFigures> => {
  const path = join(folder, 'explorer.duckdb')
  if (existsSync(path)) rmSync(path)
  const warehouse = await openWarehouse({ path })
  try {
    const putMillis = await timed(() => put(warehouse))
    const indexMillis = await timed(() => warehouse.index())
    if (count > PUT_SPANS) await multiply(warehouse, count / PUT_SPANS)
    await warehouse.query('CHECKPOINT')
    return {
      spans: Math.max(count, PUT_SPANS),
      putSpansASecond: (PUT_SPANS / putMillis) * 1000,
      indexMillis,
      fileMegabytes: statSync(path).size / 1e6,
      millis: await questions(warehouse),
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

const questions = async (warehouse: Warehouse): Promise<Readonly<Record<string, number>>> => {
  const issues: Query = { operation: 'issue', filters: [], selection: { kind: 'slow' } }
  const deploys: Query = { operation: 'deploy', filters: [], selection: { kind: 'failed' } }
  const filtered: Query = {
    ...issues,
    filters: [{ scope: 'deploy', name: 'build.parameter.deploy_type', value: 'ami', isNot: false }],
  }
  const page = { sort: 'duration', order: 'desc', limit: 50, offset: 0, isSelectedOnly: false } as const
  const asked: Readonly<Record<string, () => Promise<unknown>>> = {
    'correlations, slow issues': () => correlations(warehouse, issues),
    'correlations, failed deploys': () => correlations(warehouse, deploys),
    'histogram, issues': () => histogram(warehouse, issues),
    'histogram, filtered by a deploy': () => histogram(warehouse, filtered),
    'groups by own attribute': () => groups(warehouse, issues, { scope: 'self', name: 'user.name' }),
    'groups by a deploy': () => groups(warehouse, issues, { scope: 'deploy', name: 'build.parameter.deploy_type' }),
    'names of attributes': () => attributeNames(warehouse, issues),
    'spans, a page': () => spans(warehouse, issues, page),
    'critical path, issues': () => criticalPath(warehouse, issues),
    flow: () => flow(warehouse, { filters: [] }, Date.now()),
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

/** A table to read. */
export const explorerTable = (figures: ExplorerFigures): string => {
  const rows: (readonly [string, string])[] = [
    ['load, put', `${figures.putSpansASecond.toFixed(0)} spans/s`],
    ['load, index of them', `${figures.indexMillis.toFixed(0)} ms`],
    ...Object.entries(figures.millis).map(([name, millis]) => [name, `${millis.toFixed(0)} ms`] as const),
    ['file', `${figures.fileMegabytes.toFixed(0)} MB`],
    ['memory of the process', `${figures.residentMegabytes.toFixed(0)} MB`],
  ]
  return [
    `explorer  ${figures.spans} spans, ${PUT_SPANS} of them by put, the others copies made in SQL`,
    ...rows.map(([name, figure]) => `  ${name.padEnd(34)}${figure.padStart(14)}`),
  ].join('\n')
}
