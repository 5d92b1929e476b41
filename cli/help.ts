import { styleText } from 'node:util'
import type { HelpConfiguration } from 'commander'

type Style = Parameters<typeof styleText>[0]

/** Commander takes the colours out again where there is no terminal, and where NO_COLOR wants none. */
const styled =
  (style: Style) =>
  (text: string): string =>
    styleText(style, text, { validateStream: false })

export const HELP_STYLE: HelpConfiguration = {
  styleTitle: styled('bold'),
  styleCommandText: styled('cyan'),
  styleSubcommandTerm: styled('cyan'),
  styleOptionTerm: styled('cyan'),
}

/** What a newcomer has to know, below the list of commands. */
export const OUTLINE = `
Examples:
  $ npx valuestream demo                    a sample history, and the explorer of it
  $ npx valuestream deploy                  asks for what it needs, and deploys to AWS
  $ npx valuestream doctor --stage prod     whether all of it works, and what to do where not
  $ npx valuestream explore --stage prod    what the slow ones have in common

Every command has --json, and --help with examples. Exit codes: 0 done, 1 refused or failed, in one sentence on standard
error, 2 wrong use, 130 interrupted. AWS is asked with the credentials of this shell. NO_COLOR=1 takes the colours out.`
