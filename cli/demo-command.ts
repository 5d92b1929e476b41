import type { Command } from 'commander'

interface Options {
  readonly once?: true
  readonly seed?: string
  readonly json?: true
}

const EXAMPLES = `
Examples:
  $ npx valuestream demo
  $ npx valuestream demo --once --seed 2
  $ npx valuestream demo --once --json

It is the local stack with a sample history in VALUESTREAM_HOME, and runs until Ctrl-C, or with --once until the history
is sent.`

/** `npx valuestream demo`. The demo reads its arguments itself, with its own sentences. */
export const addDemo = (program: Command): Command =>
  program
    .command('demo')
    .description('the same, with a sample history of 90 days')
    .option('--once', 'end when the history is replayed')
    .option('--seed <number>', 'which history')
    .option('--json', 'print what came of it as JSON, and all else on standard error')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => (await import('../demo/main.ts')).main(argumentsOf(options)))

const argumentsOf = ({ once, seed, json }: Options): readonly string[] => [
  ...(once === true ? ['--once'] : []),
  ...(seed === undefined ? [] : ['--seed', seed]),
  ...(json === true ? ['--json'] : []),
]
