import { Command, CommanderError } from 'commander'
import { isRefusal, isWrongUse } from '../local/refusal.ts'
import { addCompletion } from './completion/command.ts'
import { addCorrelate } from './correlate/command.ts'
import { addDemo } from './demo-command.ts'
import { addDeploy } from './deploy/command.ts'
import { addDoctor } from './doctor/command.ts'
import { EXIT } from './exit.ts'
import { addExplain } from './explain/command.ts'
import { addExplore } from './explore/command.ts'
import { HELP_STYLE, OUTLINE } from './help.ts'
import { addImport } from './import/command.ts'
import { isInterruption } from './interruption.ts'
import { addRedeliver } from './redeliver/command.ts'
import { addReport } from './report/command.ts'
import { addSend } from './send/command.ts'
import { addStart } from './start-command.ts'
import { addUndeliverable } from './undeliverable/command.ts'
import { packageVersion } from './version.ts'
import { addWebhooks } from './webhooks/command.ts'

/** `npx valuestream <command>`: the exit codes are those of {@link EXIT}, and a refusal is one sentence. */
export const main = async (args: readonly string[]): Promise<void> => {
  // That the SDK will give up this Node one day is for who maintains ValueStream, not for who runs it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  // Who reads the output may have seen enough of it, as `head` has.
  process.stdout.on('error', (error) =>
    process.exit('code' in error && error.code === 'EPIPE' ? EXIT.done : EXIT.failed),
  )
  try {
    await program().parseAsync([...args], { from: 'user' })
  } catch (error) {
    process.exitCode = exitCodeOf(error, args)
  }
}

/** Each command's own code is loaded when it runs: the local stack is large, and `explain` needs none of it. */
export const program = (): Command => {
  const valuestream = new Command('valuestream')
    .description('One distributed trace per piece of work, from GitHub and Jenkins webhooks.')
    .version(packageVersion())
    .configureHelp(HELP_STYLE)
    .addHelpText('after', OUTLINE)
    .exitOverride()
    .showHelpAfterError('With --help it tells how it is used.')
  valuestream.commandsGroup('See it:')
  for (const add of [addStart, addDemo, addExplore, addCorrelate, addReport, addExplain]) add(valuestream)
  valuestream.commandsGroup('Set it up:')
  for (const add of [addDeploy, addWebhooks, addImport, addDoctor]) add(valuestream)
  valuestream.commandsGroup('Operate it:')
  for (const add of [addSend, addRedeliver, addUndeliverable]) add(valuestream)
  valuestream.commandsGroup('Shell:')
  addCompletion(valuestream)
  return valuestream
}

/** @throws what nobody has foreseen */
const exitCodeOf = (error: unknown, args: readonly string[]): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 || args.length === 0 ? EXIT.done : EXIT.wrongUse
  if (isInterruption(error)) return EXIT.interrupted
  if (!isRefusal(error)) throw error
  console.error(error.message)
  return isWrongUse(error) ? EXIT.wrongUse : EXIT.failed
}
