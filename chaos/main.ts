import { writeFileSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { chaos } from './chaos.ts'
import { openGround } from './ground.ts'
import { problemsOf, reportText } from './report.ts'

const whole = (text: string): number => {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.')
  return Number(text)
}

/** `npm run chaos`: exit code 0 when every promise was kept, 1 when one was not. */
const { activities, seed, json } = new Command('npm run chaos --')
  .description('The simulated traffic, with a table that fails, a backend gone mad and functions killed at any call.')
  .option('--activities <number>', 'how large the organisation is', whole, 300)
  .option('--seed <number>', 'which one, and which faults', whole, 1)
  .option('--json <file>', 'where the figures are written as JSON')
  .parse()
  .opts<{ activities: number; seed: number; json?: string }>()

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
const ground = await openGround(seed)
const outcome = await chaos(ground, { activities, seed })
console.log(reportText(outcome))
if (json !== undefined) writeFileSync(json, `${JSON.stringify(outcome, undefined, 2)}\n`)
const problems = problemsOf(outcome)
console.log(problems.length === 0 ? '\nEvery promise was kept.' : `\n${problems.join('\n')}`)
await ground.close()
// Invocations that were killed never return.
process.exit(problems.length === 0 ? 0 : 1)
