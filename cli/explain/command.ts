import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { refusal } from '../../local/refusal.ts'
import type { SourceName } from './explain.ts'

interface Options {
  readonly event?: string
  readonly source?: SourceName
  readonly table?: string
  readonly json?: true
}

const EXAMPLES = `
Examples:
  $ npx valuestream explain payload.json --event pull_request
  $ npx valuestream explain notification.json
  $ TABLE_NAME=valuestream-prod-contexts npx valuestream explain payload.json --event status

Without a table it tells what the payload alone says. With --table, or TABLE_NAME, it reads what is known there, with
the AWS credentials of this shell, and writes nothing.`

/** `npx valuestream explain`: which activities a payload touches, and what they hang from and why. */
export const addExplain = (program: Command): Command =>
  program
    .command('explain')
    .description('tell which activities a webhook touches, which parents were tried, and which was taken and why')
    .argument('<file>', 'the payload as JSON; - reads it from standard input')
    .option('--event <name>', "GitHub's event, the header X-GitHub-Event")
    .addOption(
      new Option('--source <name>', 'whose payload it is, where its shape does not tell').choices([
        'github',
        'jenkins',
        'events',
      ]),
    )
    .option('--table <name>', 'look up in this DynamoDB table what is known already')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: Options) => {
      const [{ explainPayload }, { explanationText }] = await Promise.all([import('./explain.ts'), import('./text.ts')])
      const explained = await explainPayload(read(file), { ...options, table: options.table ?? process.env.TABLE_NAME })
      console.log(options.json === true ? JSON.stringify(explained, undefined, 2) : explanationText(explained))
    })

/** @throws Refusal when there is no such file */
const read = (file: string): Buffer => {
  try {
    return readFileSync(file === '-' ? 0 : file)
  } catch (cause) {
    throw refusal(`The file ${file} cannot be read: name one that holds the payload, or - for standard input.`, cause)
  }
}
