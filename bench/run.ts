import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { explorerTable, measureExplorer } from './explorer.ts'
import { countsOf, ratiosOf } from './functions.ts'
import { goalsOf, isHeld, type Measurements } from './goals.ts'
import { inFlight, withChildren, withContexts } from './growth.ts'
import { nodesOf } from './nodes.ts'
import { largestIn, packagedFunctions, sizesOf } from './packaged.ts'
import { reportOf } from './report.ts'
import { sweepFigures } from './sweep.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    json: { type: 'string' },
    nodes: { type: 'string', default: '' },
    /** How many events make a function's code warm: V8 goes on compiling for one or two thousand. */
    warming: { type: 'string', default: '100' },
  },
})
/** How much is measured: in half a minute for every change, and in some minutes for a statement. */
const SIZES = values.quick
  ? { rounds: 1, count: 100, contexts: [10, 500], children: [1, 50], flying: [1, 10], spans: 50_000 }
  : {
      rounds: 5,
      count: 500,
      contexts: [10, 1_000, 100_000],
      children: [1, 10, 100, 1_000],
      flying: [1, 10, 100],
      spans: 1_000_000,
    }
const WARMING = Number(values.warming)
const REQUESTS = [1, 10, 100, 512]

const measure = async (folder: string): Promise<Measurements> => {
  const functions = packagedFunctions(folder)
  const ratios = []
  for (const { name, path } of nodesOf(values.nodes.split(',').filter((major) => major !== ''))) {
    for (const kind of ['issue start', 'issue finish'] as const) {
      const { rounds, count } = SIZES
      const { file } = functions.github
      ratios.push(await ratiosOf({ node: path, name, file, kind, rounds, count, warming: WARMING, folder }))
    }
  }
  return {
    functions: sizesOf(functions),
    ratios,
    counts: await countsOf(functions, folder),
    growth: [
      ...(await withContexts(functions, SIZES.contexts, folder)),
      ...(await withChildren(functions, SIZES.children, folder)),
      ...(await inFlight(functions, SIZES.flying, folder)),
    ],
    sweep: await sweepFigures(REQUESTS),
  }
}

/** Ends with 1 where a count has grown past its goal: counts are the same on every machine, ratios are for people to read. */
const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'valuestream-bench-'))
  try {
    const measurements = await measure(folder)
    const goals = goalsOf(measurements)
    const largest = await largestIn('github', 10)
    const report = reportOf(measurements, goals, largest)
    console.log(report)
    const explorer = await measureExplorer(SIZES.spans, folder)
    console.log(`\n${explorerTable(explorer)}`)
    if (values.json !== undefined) {
      const { node } = process.versions
      writeFileSync(
        values.json,
        `${JSON.stringify({ node, ...SIZES, warming: WARMING, goals, ...measurements, largest, explorer, report }, null, 2)}\n`,
      )
    }
    const grown = goals.filter((held) => held.isCount && !isHeld(held))
    for (const { goal, measured, atMost } of grown)
      console.error(`${goal}: ${measured}, and at most ${atMost} is allowed`)
    if (grown.length > 0) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true })
  }
}

await main()
