import type { Issue, Pull } from './model.ts'

/** GitHub's numbers: issues and pull requests of a repository share one series, in the order of their opening. */
export const numbersOf = (issues: readonly Issue[], pulls: readonly Pull[]): ((id: string) => number) => {
  const last = new Map<string, number>()
  const numbers = new Map<string, number>()
  for (const { id, place } of [...issues, ...pulls].sort((a, b) => a.openedMillis - b.openedMillis)) {
    const number = (last.get(place.fullName) ?? 0) + 1
    last.set(place.fullName, number)
    numbers.set(id, number)
  }
  return (id) => {
    const number = numbers.get(id)
    if (number === undefined) throw new RangeError(`${id} is of another world`)
    return number
  }
}
