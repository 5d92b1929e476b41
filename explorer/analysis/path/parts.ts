import type { CriticalPath } from '../../api.ts'
import type { Segment } from './segments.ts'

/** How the time of one span was divided. */
export interface Divided {
  readonly durationMillis: number
  readonly segments: readonly Segment[]
}

/** More than these, as where another tool names each step of a build, are one part: `other`. */
const MAX_PARTS = 40
export const OTHER = 'other'

/** Over many spans: what each kind of work and each wait took of all their time. Shares add up to 1. */
export const partsOf = (spans: readonly Divided[]): CriticalPath => {
  const totalMillis = spans.reduce((sum, { durationMillis }) => sum + durationMillis, 0)
  const lengths = lengthsOf(spans)
  const names = [...lengths].sort(([a, x], [b, y]) => sum(y) - sum(x) || (a < b ? -1 : 1)).map(([name]) => name)
  const kept = new Set(names.slice(0, names.length > MAX_PARTS ? MAX_PARTS - 1 : MAX_PARTS))
  const merged =
    names.length === kept.size ? lengths : lengthsOf(spans, (name) => (kept.has(name) ? name : `work ${OTHER}`))
  const parts = [...merged].map(([name, millis]) => partOf(name, millis, totalMillis))
  return {
    count: spans.length,
    totalMillis,
    parts: parts.sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1)),
  }
}

/** By `kind name`, the time that each span has of it, where it has any. */
const lengthsOf = (
  spans: readonly Divided[],
  renamed: (name: string) => string = (name) => name,
): ReadonlyMap<string, readonly number[]> => {
  const lengths = new Map<string, number[]>()
  for (const { segments } of spans) {
    const own = new Map<string, number>()
    for (const { kind, name, fromMillis, toMillis } of segments) {
      const part = renamed(`${kind} ${name}`)
      own.set(part, (own.get(part) ?? 0) + toMillis - fromMillis)
    }
    for (const [part, millis] of own) {
      const all = lengths.get(part)
      if (all === undefined) lengths.set(part, [millis])
      else all.push(millis)
    }
  }
  return lengths
}

const partOf = (part: string, millis: readonly number[], totalMillis: number): CriticalPath['parts'][number] => ({
  kind: part.startsWith('wait ') ? 'wait' : 'work',
  name: part.slice('work '.length),
  share: sum(millis) / totalMillis,
  medianMillis: median(millis),
  spans: millis.length,
})

const sum = (values: readonly number[]): number => values.reduce((so, value) => so + value, 0)

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
