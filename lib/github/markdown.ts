/**
 * A Markdown text without its HTML comments and code, which pull request templates are full of. Linear in the length
 * of the text, whatever it holds. What is not closed goes to the end, as GitHub shows it; a lone backtick stays.
 */
export const withoutCodeAndComments = (markdown: string): string =>
  withoutInlineCode(withoutFences(withoutComments(markdown)))

const withoutComments = (text: string): string => {
  const kept: string[] = []
  let from = 0
  for (;;) {
    const start = text.indexOf('<!--', from)
    if (start === -1) return kept.concat(text.slice(from)).join(' ')
    kept.push(text.slice(from, start))
    const end = text.indexOf('-->', start + 4)
    if (end === -1) return kept.join(' ')
    from = end + 3
  }
}

const withoutFences = (text: string): string => {
  let fence: string | undefined
  return text
    .split('\n')
    .filter((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
      if (fence === undefined) {
        fence = mark
        return mark === undefined
      }
      if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined
      return false
    })
    .join('\n')
}

/** Code spans are closed by as many backticks as have opened them. */
const withoutInlineCode = (text: string): string => {
  const runs = [...text.matchAll(/`+/g)].map(({ 0: run, index }) => ({ index, length: run.length }))
  const closings = nextOfSameLength(runs)
  const kept: string[] = []
  let from = 0
  runs.forEach(({ index, length }, at) => {
    const closing = closings[at]
    if (index < from || closing === undefined) return
    kept.push(text.slice(from, index))
    from = closing.index + length
  })
  return kept.concat(text.slice(from)).join(' ')
}

const nextOfSameLength = <T extends { readonly length: number }>(runs: readonly T[]): readonly (T | undefined)[] => {
  const seen = new Map<number, T>()
  return runs
    .toReversed()
    .map((run) => {
      const next = seen.get(run.length)
      seen.set(run.length, run)
      return next
    })
    .toReversed()
}
