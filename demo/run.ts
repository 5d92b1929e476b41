import { correlations } from '../explorer/analysis/correlations.ts'
import { queryOf } from '../explorer/query.ts'
import { correlationTable } from '../explorer/terminal/correlation-table.ts'
import { firstOf } from '../local/secrets.ts'
import type { Stack } from '../local/stack.ts'
import { HISTORY_DAYS } from './history/time.ts'
import { type Progress, type ProgressOutput, progress } from './replay/progress.ts'
import { type ReplayOutcome, replay } from './replay/replay.ts'
import { type Conclusion, countsOf } from './report/conclusion.ts'
import { readDemoSpans } from './report/demo-span.ts'
import { findingsTable, readFindings } from './report/findings.ts'
import { whenComplete } from './report/late.ts'
import { numbersTable } from './report/numbers.ts'
import { receivedOf } from './report/received.ts'
import { exampleTrace, traceTree } from './report/trace-tree.ts'
import { ownerOf, sequencesOf } from './webhooks/sequences.ts'

export interface DemoRun {
  readonly seed: number
  /** Whether nothing will listen any more when all is told. */
  readonly once: boolean
  readonly isStopped: () => boolean
  readonly print: (text: string) => void
  /** Where the progress is drawn. */
  readonly screen: ProgressOutput
  /** Told at the end what came of it. */
  readonly conclude: (conclusion: Conclusion) => void
}

/** What fits a terminal. */
const CORRELATIONS = { width: 100, limit: 5 }

/** Replays the sample history to a running stack and reports what came of it. Returns one sentence if it went wrong. */
export const runDemo = async (stack: Stack, run: DemoRun): Promise<string | undefined> => {
  const { seed, isStopped, print, screen } = run
  const sequences = sequencesOf(seed)
  const total = sequences.reduce((sum, { length }) => sum + length, 0)
  print(
    `A sample history of ${HISTORY_DAYS} days in the organisation "${ownerOf(seed)}": ${sequences.length} issues.\n`,
  )
  const bar: Progress = progress(screen, 'Sending webhooks', total, () => performance.now())
  const { github, jenkins } = stack.secrets
  const receiver = { url: stack.url, githubSecret: firstOf(github), jenkinsToken: firstOf(jenkins) }
  const outcome = await replay(receiver, sequences, bar.advance, isStopped)
  bar.end()
  if (outcome.failure !== undefined) return `${outcome.failure}.`
  if (isStopped()) return undefined
  print(`\n${outcome.recorded} webhooks were recorded, ${outcome.ignored} ignored.\n`)
  return stack.exportsTo === undefined ? reportReceived(stack, outcome, run) : reportSent(stack, outcome, run)
}

const reportReceived = async (
  stack: Stack,
  { expected, recorded, ignored }: ReplayOutcome,
  { once, print, isStopped, conclude }: DemoRun,
): Promise<string | undefined> => {
  const look = once ? 'With npx valuestream start, look' : 'Look'
  await stack.table.read()
  const read = async () => receivedOf(await readDemoSpans(stack.warehouse), expected)
  const { spans, missing } = await whenComplete(read, { isStopped, print })
  if (isStopped()) return undefined
  print(`Finished work, each one a span:\n\n${numbersTable(spans.map(({ operation }) => operation))}\n`)
  const example = exampleTrace(spans)
  if (example?.[0]) {
    print(`One trace of them:\n\n${traceTree(example)}\n`)
    print(`What the traces tell:\n\n${findingsTable(await readFindings(stack.warehouse))}\n`)
    print(`${look} at this trace at ${stack.url}/traces/${example[0].traceId}`)
  }
  print(`${look} at all of them at ${stack.url}/\n`)
  const slow = await correlations(stack.warehouse, queryOf(new URLSearchParams({ operation: 'issue', select: 'slow' })))
  print(`What the slow ones have in common, as npx valuestream correlate --operation issue --slow tells it:\n`)
  print(`${correlationTable(slow, CORRELATIONS)}\n`)
  conclude({
    url: stack.url,
    webhooks: { recorded, ignored },
    spans: countsOf(spans),
    missing: missing.length,
    ...(example?.[0] === undefined ? {} : { exampleTraceId: example[0].traceId }),
  })
  return missing.length === 0
    ? undefined
    : `${missing.length} of ${spans.length + missing.length} spans have not arrived, such as that of ${missing[0]?.activityKey}.`
}

const reportSent = (
  { url, exportsTo }: Stack,
  { expected, recorded, ignored }: ReplayOutcome,
  { print, conclude }: DemoRun,
): undefined => {
  print(`Finished work, each one a span:\n\n${numbersTable(expected.map(({ operation }) => operation))}\n`)
  print(`The spans went to ${exportsTo}\n`)
  conclude({
    url,
    webhooks: { recorded, ignored },
    spans: countsOf(expected),
    ...(exportsTo === undefined ? {} : { exportsTo }),
  })
}
