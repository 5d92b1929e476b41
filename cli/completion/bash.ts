import type { CommandWords, OptionWords } from './words.ts'

/**
 * For bash 3.2 and newer, without bash-completion. `npx valuestream` is completed as well, unless something else completes
 * npx. What no command knows, such as a file, bash completes itself.
 */
export const bashScript = (
  commands: readonly CommandWords[],
): string => `# valuestream, for bash: npx valuestream completion bash
_valuestream() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} place='' word words='' at
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    [ "$at" = 1 ] && [ "$word" = valuestream ] && continue
    case "$place $word" in
${nested(commands)}
    esac
  done
  case "$place $previous" in
${valued(commands)}
    *) case "$place" in
${offered(commands)}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _valuestream valuestream
_valuestream_npx() { [ "\${COMP_WORDS[1]}" = valuestream ] && [ "$COMP_CWORD" -gt 1 ] && _valuestream; }
complete -p npx >/dev/null 2>&1 || complete -o default -F _valuestream_npx npx
`

const pathOf = ({ path }: CommandWords): string => (path === '' ? '' : ` ${path}`)

/** Which words lead from one command to another. */
const nested = (commands: readonly CommandWords[]): string =>
  commands
    .filter(({ path }) => path !== '')
    .map((command) => `      "${pathOf(command)}") place='${pathOf(command)}' ;;`)
    .join('\n')

/** What follows an option that takes a value; what can be anything is left to bash. */
const valued = (commands: readonly CommandWords[]): string => {
  const options = commands.flatMap((command) =>
    command.options
      .filter(({ takesValue }) => takesValue)
      .map(({ name, choices }) => ({ pattern: `"${pathOf(command)} --${name}"`, choices })),
  )
  const free = options.filter(({ choices }) => choices.length === 0).map(({ pattern }) => pattern)
  const chosen = options.filter(({ choices }) => choices.length > 0)
  return [
    ...(free.length === 0 ? [] : [`    ${free.join('|')}) ;;`]),
    ...chosen.map(({ pattern, choices }) => `    ${pattern}) words='${choices.join(' ')}' ;;`),
  ].join('\n')
}

const offered = (commands: readonly CommandWords[]): string =>
  commands.map((command) => `      '${pathOf(command)}') words='${wordsIn(command)}' ;;`).join('\n')

const wordsIn = ({ commands, options }: CommandWords): string =>
  [...commands.map(({ name }) => name), ...options.map(({ name }: OptionWords) => `--${name}`)].join(' ')
