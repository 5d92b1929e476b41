import type { Command } from 'commander'

const EXAMPLES = `
Examples:
  $ npx valuestream start
  $ PORT=3005 npx valuestream start --json > stack.jsonl

It runs until Ctrl-C, and keeps its data and its secrets in VALUESTREAM_HOME, or else in .valuestream.`

/** `npx valuestream start`: the local stack. */
export const addStart = (program: Command): Command =>
  program
    .command('start')
    .description('run the functions, the table and the explorer on this machine')
    .option('--json', 'print where it is, and the secrets that it has made, as a line of JSON, as the log is')
    .addHelpText('after', EXAMPLES)
    .action(async ({ json }: { json?: true }) => (await import('../local/start.ts')).main({ json: json === true }))
