import { Argument, type Command } from 'commander'
import { print } from '../print.ts'

interface Options {
  readonly json?: true
}

const EXAMPLES = `
Examples:
  $ eval "$(npx valuestream completion bash)"                                            this shell
  $ npx valuestream completion bash >> ~/.bashrc                                         every bash
  $ npx valuestream completion zsh > "\${fpath[1]}/_valuestream"                          every zsh
  $ npx valuestream completion fish > ~/.config/fish/completions/valuestream.fish        every fish

The script holds the names of all commands and options, so that no process is started for a Tab. Print it anew after an
update.`

/** `npx valuestream completion <shell>`. */
export const addCompletion = (program: Command): Command =>
  program
    .command('completion')
    .description('print what has your shell complete commands and options')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .option('--json', 'print the script as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (shell: 'bash' | 'zsh' | 'fish', options: Options) => {
      const [{ wordsOf }, { bashScript }, { zshScript }, { fishScript }] = await Promise.all([
        import('./words.ts'),
        import('./bash.ts'),
        import('./zsh.ts'),
        import('./fish.ts'),
      ])
      const script = { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](wordsOf(program))
      print({ shell, script }, options, () => script.trimEnd())
    })
