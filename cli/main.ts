import { Command, CommanderError } from 'commander'
import { isRefusal } from '../local/refusal.ts'
import { addCorrelate } from './correlate/command.ts'
import { addExplain } from './explain/command.ts'
import { addExplore } from './explore/command.ts'

/** `npx valuestream <command>`; a refusal is one sentence and exit code 1, a wrong use exit code 2. */
export const main = async (args: readonly string[]): Promise<void> => {
  try {
    await program().parseAsync([...args], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (isRefusal(error)) {
      console.error(error.message)
      process.exitCode = 1
    } else throw error
  }
}

/** Each command's own code is loaded when it runs: the local stack is large, and `explain` needs none of it. */
const program = (): Command => {
  const valuestream = new Command('valuestream')
    .description('One distributed trace per piece of work, from GitHub and Jenkins webhooks.')
    .exitOverride()
    .showHelpAfterError()
  valuestream
    .command('start')
    .description('run the functions, the table and the explorer on this machine')
    .action(async () => (await import('../local/start.ts')).main())
  valuestream
    .command('demo')
    .description('the same, with a sample history of half a year')
    .option('--once', 'end when the history is replayed')
    .option('--seed <number>', 'which history')
    .action(async (_options, command: Command) => (await import('../demo/main.ts')).main(rawArguments(command)))
  addExplain(valuestream)
  addCorrelate(valuestream)
  addExplore(valuestream)
  return valuestream
}

/** The demo reads its arguments itself, with its own sentences. */
const rawArguments = (command: Command): readonly string[] => {
  const { once, seed } = command.opts<{ once?: boolean; seed?: string }>()
  return [...(once === true ? ['--once'] : []), ...(seed === undefined ? [] : ['--seed', seed])]
}
