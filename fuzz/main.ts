import { writeFileSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { readCorpus } from './corpus.ts'
import { fuzz } from './fuzz.ts'
import { problemsOf, reportText } from './report.ts'

const whole = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

/** `npm run fuzz`: exit code 0 when every promise was kept, 1 when one was not. */
const { seconds, seed, only, json } = new Command('npm run fuzz --')
  .description('Mutated payloads, headers and signatures against the functions.')
  .option('--seconds <number>', 'how long', whole, 60)
  .option('--seed <number>', 'which requests', whole, 1)
  .option('--only <index>', 'only this one of them', whole)
  .option('--json <file>', 'where the figures are written as JSON')
  .parse()
  .opts<{ seconds: number; seed: number; only?: number; json?: string }>()

const endMillis = performance.now() + seconds * 1000
const outcome = await fuzz(readCorpus(), {
  seed,
  from: only ?? 0,
  until: only === undefined ? Number.POSITIVE_INFINITY : only + 1,
  isOver: () => performance.now() > endMillis,
})
console.log(reportText(outcome))
if (json !== undefined) writeFileSync(json, `${JSON.stringify(outcome, undefined, 2)}\n`)
const problems = problemsOf(outcome)
console.log(problems.length === 0 ? '\nEvery promise was kept.' : `\n${problems.join('\n')}`)
process.exit(problems.length === 0 ? 0 : 1)
