import { byMemory, type EventCost, monthly, total } from './model.ts'
import { PARTITION_UNITS, spread } from './partitions.ts'

/** What is taken from the bench's figures: what it counts, and the CPU of a warm event on Lambda's Node. */
export interface Figures {
  readonly counts: readonly EventCost[]
  readonly cpuMillis: number
}

const VOLUMES = [1_000, 100_000, 1_000_000] as const
const MEMORIES = [128, 256, 512, 1_024, 1_769] as const
/** What `serverless.yml` gives the functions. */
const MEGABYTES = 512

/** The tables of `docs/cost.md`, by the name of the marker that they stand behind. */
export const costTables = ({ counts, cpuMillis }: Figures): Readonly<Record<string, string>> => ({
  monthly: monthlyTable(counts, cpuMillis),
  memory: table(
    ['Memory, MB', 'billed an event, ms', 'duration of a million, $'],
    MEMORIES.map((megabytes) => {
      const { millis, dollarsAMillion } = byMemory(counts, cpuMillis, megabytes)
      return [String(megabytes), millis.toFixed(0), dollarsAMillion.toFixed(2)]
    }),
  ),
  partitions: partitionTable(counts),
})

const monthlyTable = (counts: readonly EventCost[], cpuMillis: number): string => {
  const columns = VOLUMES.map((webhooks) => monthly(counts, webhooks, cpuMillis, MEGABYTES))
  const rows = (columns[0] ?? []).map(({ name }, row) => [
    name,
    ...columns.map((lines) => dollars(lines[row]?.dollars ?? 0)),
  ])
  return table(
    ['US dollars a month', ...VOLUMES.map((webhooks) => `${webhooks.toLocaleString('en-US')} webhooks`)],
    [...rows, ['**Total**', ...columns.map((lines) => `**${dollars(total(lines))}**`)]],
  )
}

const RATES = [10, 1_000, 10_000, 100_000] as const
const SHARDS = [16, 64, 256, 1_024] as const
const SECONDS = 5

const partitionTable = (counts: readonly EventCost[]): string => {
  const random = seeded(7)
  const unitsAWebhook = counts.reduce((sum, { kind }) => sum + writesOf(kind) * UNITS_A_WRITE, 0) / counts.length
  return table(
    ['webhooks a second', ...SHARDS.map((shards) => `${shards} shards`)],
    RATES.map((webhooksASecond) => [
      webhooksASecond.toLocaleString('en-US'),
      ...spread({ webhooksASecond, shards: SHARDS, unitsAWebhook }, SECONDS, random).map(
        ({ hottest, throttledShare }) => {
          const full = `${((hottest / PARTITION_UNITS) * 100).toFixed(0)} %`
          return throttledShare === 0 ? full : `${full}, ${(throttledShare * 100).toFixed(0)} % throttled`
        },
      ),
    ]),
  )
}

/** A write of a context moves it within an index: an entry goes, another comes. */
const UNITS_A_WRITE = 2
/** An end is written before its span is sent, and after it. */
const writesOf = (kind: string): number => (kind.endsWith('finish') ? 2 : 1)

/** Numerical Recipes' linear congruential generator, so that the table is the same each time. */
const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}

const dollars = (amount: number): string => (amount < 0.005 && amount > 0 ? '<0.01' : amount.toFixed(2))

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')

/** A page with each part put between its markers, `<!-- name -->` and `<!-- /name -->`. */
export const withParts = (page: string, parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts).reduce((text, [name, content]) => {
    const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`]
    const [from, to] = [text.indexOf(begin), text.indexOf(end)]
    if (from === -1 || to < from) throw new Error(`the page has no place for ${name}`)
    return `${text.slice(0, from + begin.length)}\n${content}\n\n${text.slice(to)}`
  }, page)
