import type { Command, Option } from 'commander'

/** An option as a shell completes it. */
export interface OptionWords {
  /** Without the dashes. */
  readonly name: string
  readonly description: string
  readonly takesValue: boolean
  /** The values that it takes, where they are known. */
  readonly choices: readonly string[]
}

/** A command as a shell completes it. */
export interface CommandWords {
  /** `undeliverable list`; empty for the program itself. */
  readonly path: string
  readonly description: string
  readonly commands: readonly { readonly name: string; readonly description: string }[]
  readonly options: readonly OptionWords[]
}

/** Every command of a tree, the program first. */
export const wordsOf = (program: Command): readonly CommandWords[] => below(program, [])

const below = (command: Command, path: readonly string[]): readonly CommandWords[] => {
  const help = command.createHelp()
  const children = help.visibleCommands(command)
  const own: CommandWords = {
    path: path.join(' '),
    description: command.description(),
    commands: children.map((child) => ({ name: child.name(), description: child.description() })),
    options: help.visibleOptions(command).flatMap(optionWords),
  }
  // `help` is made up by commander, and takes the names of the others.
  const known = children.filter((child) => command.commands.includes(child))
  return [own, ...known.flatMap((child) => below(child, [...path, child.name()]))]
}

const optionWords = (option: Option): readonly OptionWords[] =>
  option.long == null
    ? []
    : [
        {
          name: option.long.slice(2),
          description: option.description,
          takesValue: option.required || option.optional,
          choices: option.argChoices ?? [],
        },
      ]
