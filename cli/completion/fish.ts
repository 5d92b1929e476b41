import type { CommandWords } from './words.ts'

/** For fish. `npx valuestream` as well. */
export const fishScript = (
  commands: readonly CommandWords[],
): string => `# valuestream, for fish: npx valuestream completion fish
function __valuestream_at
  set -l words (commandline -opc)
  set -e words[1]
  test "$words[1]" = valuestream; and set -e words[1]
  set -l path
  for word in $words
    switch "$path $word"
${commands
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      case '${depth(path)}${path}'\n        set path '${path}'`)
  .join('\n')}
    end
  end
  test "$path" = "$argv"
end
function __valuestream_npx
  set -l words (commandline -opc)
  test "$words[2]" = valuestream; and __valuestream_at "$argv"
end
${commands.flatMap(linesOf).join('\n')}
`

/** The first word follows an empty path. */
const depth = (path: string): string => (path.includes(' ') ? '' : ' ')

const linesOf = (command: CommandWords): readonly string[] =>
  (['valuestream', 'npx'] as const).flatMap((program) => {
    const test = program === 'npx' ? '__valuestream_npx' : '__valuestream_at'
    const begin = `complete -c ${program} -n '${test} "${command.path}"'`
    return [
      ...command.commands.map(({ name, description }) => `${begin} -f -a ${name} -d ${quoted(description)}`),
      ...command.options.map(
        ({ name, description, takesValue, choices }) =>
          `${begin} -l ${name}${takesValue ? ' -r' : ''}${choices.length > 0 ? ` -f -a '${choices.join(' ')}'` : ''} -d ${quoted(description)}`,
      ),
    ]
  })

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
