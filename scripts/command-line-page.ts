import type { Command } from 'commander'
import { program } from '../cli/main.ts'

/** The page `docs/command-line.md`, from the commands themselves. */
export const commandLinePage = (): string => {
  const all = groupsOf(program())
  const rows = all.flatMap(({ heading, commands }) =>
    commands.map(
      (command, at) =>
        `| ${at === 0 ? heading.replace(':', '') : ''} | ${linkTo(command)} | ${command.description()} |`,
    ),
  )
  const sections = all.flatMap(({ commands }) => commands.flatMap(leavesOf)).map(sectionOf)
  return `${HEAD}\n${rows.join('\n')}\n\n${sections.join('\n')}`
}

interface Group {
  readonly heading: string
  readonly commands: readonly Command[]
}

/** In the order of the help. */
const groupsOf = ({ commands }: Command): readonly Group[] => {
  const headings = [...new Set(commands.map((command) => command.helpGroup()))]
  return headings.map((heading) => ({
    heading,
    commands: commands.filter((command) => command.helpGroup() === heading),
  }))
}

/** A command that has others does nothing itself. */
const leavesOf = (command: Command): readonly Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf)

const pathOf = (command: Command): string =>
  command.parent?.parent == null ? command.name() : `${pathOf(command.parent)} ${command.name()}`

const linkTo = (command: Command): string =>
  leavesOf(command)
    .map((leaf) => `[\`${pathOf(leaf)}\`](#${pathOf(leaf).replaceAll(' ', '-')})`)
    .join(', ')

/** Its help, as a terminal of 100 columns has it. */
const sectionOf = (command: Command): string => {
  let help = ''
  command
    .configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 100, getOutHasColors: () => false })
    .outputHelp()
  return `## ${pathOf(command)}\n\n\`\`\`text\n${help.trim()}\n\`\`\`\n`
}

const HEAD = `# The command line

\`npx valuestream <command>\`. Made by \`npm run docs\` of what \`--help\` says; a test holds the two together.

- **Exit codes**: 0 done; 1 refused or failed, with one sentence on standard error; 2 wrong use; 130 interrupted.
- **\`--json\`**: every command prints JSON on standard output instead of text. All else is on standard error.
- **On a terminal** it tells what takes longer than a second, and has colours, which \`NO_COLOR=1\` takes out. In a script it
  has neither, and asks nothing.
- **AWS** is asked with the credentials of the shell, in the region of \`--region\` or \`AWS_REGION\`.
- **The local stack** and the explorer keep their data in \`VALUESTREAM_HOME\`, or else in \`.valuestream\`.

A Tab completes commands, options and their values: \`npx valuestream completion bash >> ~/.bashrc\`, or \`zsh\`, \`fish\`.

| | command | what it does |
|---|---|---|`
