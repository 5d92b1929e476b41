import { writeFileSync } from 'node:fs'
import { type Progress, progress } from '../demo/replay/progress.ts'
import { isRefusal } from '../local/refusal.ts'
import { readOptions, type SimulateOptions } from './options.ts'
import { problemsOf, reportJson, reportText } from './report.ts'
import { simulate } from './simulate.ts'
import { openSystem } from './system/system.ts'

/** `npm run simulate`: exit code 0 when every goal holds, 1 when one does not, 2 when it was called wrongly. */
const main = async (args: readonly string[]): Promise<number> => {
  const options = optionsOrExplain(args)
  if (options === undefined) return 2
  const system = await openSystem()
  let bar: Progress | undefined
  try {
    const report = await simulate(system, options, {
      onStart: (events) => {
        bar = progress(process.stderr, 'Delivering', events, () => performance.now())
      },
      onDelivered: () => bar?.advance(),
    })
    bar?.end()
    console.log(reportText(report))
    if (options.json !== undefined) writeFileSync(options.json, `${reportJson(report)}\n`)
    const problems = problemsOf(report)
    console.log(['', ...(problems.length === 0 ? ['Every goal holds.'] : problems)].join('\n'))
    return problems.length === 0 ? 0 : 1
  } finally {
    await system.close()
  }
}

const optionsOrExplain = (args: readonly string[]): SimulateOptions | undefined => {
  try {
    return readOptions(args)
  } catch (error) {
    if (!isRefusal(error)) throw error
    console.error(error.message)
    return undefined
  }
}

// The database's thread and the kept connections would keep the process.
process.exit(await main(process.argv.slice(2)))
