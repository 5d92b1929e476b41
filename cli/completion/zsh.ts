import type { CommandWords, OptionWords } from './words.ts'

/** For zsh with its completion switched on (`compinit`). `npx valuestream` as well, unless something else completes npx. */
export const zshScript = (commands: readonly CommandWords[]): string => `#compdef valuestream
# valuestream, for zsh: npx valuestream completion zsh
_valuestream() {
  local place='' word at=2 offset=1
  [[ $words[1] == npx ]] && offset=2
  for ((at = offset + 1; at < CURRENT; at++)); do
    case "$place $words[at]" in
${commands
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      ' ${path}') place=' ${path}' ;;`)
  .join('\n')}
    esac
  done
  local -a offered
  case "$place $words[CURRENT-1]" in
${commands.flatMap(valued).join('\n')}
    *) case "$place" in
${commands.map(offered).join('\n')}
    esac ;;
  esac
  if (( $#offered )); then _describe 'valuestream' offered; else _files; fi
}
_valuestream_npx() { if [[ $words[2] == valuestream ]] && (( CURRENT > 2 )); then _valuestream; else _files; fi }
compdef _valuestream valuestream
(( $+_comps[npx] )) || compdef _valuestream_npx npx
# As a file of fpath this has been called to complete, and not to define.
[[ $funcstack[1] == _valuestream ]] && _valuestream
true
`

const pathOf = (path: string): string => (path === '' ? '' : ` ${path}`)

const valued = ({ path, options }: CommandWords): readonly string[] =>
  options
    .filter(({ takesValue }) => takesValue)
    .map(({ name, choices }) => `    '${pathOf(path)} --${name}') offered=(${choices.join(' ')}) ;;`)

const offered = ({ path, commands, options }: CommandWords): string => {
  const words = [
    ...commands.map(({ name, description }) => entry(name, description)),
    ...options.map(({ name, description }: OptionWords) => entry(`--${name}`, description)),
  ]
  return `      '${pathOf(path)}') offered=(${words.join(' ')}) ;;`
}

/** `'name:description'`, in which an apostrophe ends the quotation. */
const entry = (name: string, description: string): string =>
  `'${`${name}:${description.replaceAll(':', '\\:')}`.replaceAll("'", "'\\''")}'`
