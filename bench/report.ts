import { type Held, isHeld, type Measurements } from './goals.ts'
import type { Share } from './packaged.ts'

/** All tables as text, in the order in which they answer questions: the goals, and then what they are made of. */
export const reportOf = (measurements: Measurements, goals: readonly Held[], largest: readonly Share[]): string => {
  const { functions, counts, ratios, growth, sweep } = measurements
  return [
    titled('Goals', [
      ['', 'at most', 'measured', ''],
      ...goals.map((held) => [
        held.goal,
        number(held.atMost),
        number(held.measured),
        isHeld(held) ? 'held' : 'NOT HELD',
      ]),
    ]),
    titled('Ratios to the limit program', [
      ['Node', 'event', 'module load', 'first event', 'cold total', 'peak memory', 'warm CPU'],
      ...ratios.map((of) => [of.node, of.kind, of.load, of.first, of.coldTotal, of.peakMemory, of.warmCpu].map(cell)),
    ]),
    titled('The function itself, on this machine', [
      ['Node', 'event', 'cold ms', 'warm CPU ms', 'p50 ms', 'p99 ms', 'peak MB'],
      ...ratios.map(({ node, kind, own }) =>
        [node, kind, own.totalMillis, own.cpuMillis, own.p50Millis, own.p99Millis, own.peakMegabytes].map(cell),
      ),
    ]),
    titled('An event', [
      ['', 'round trips', 'requests', 'bytes', 'read units', 'write units'],
      ...counts.map((of) =>
        [of.kind, of.roundTrips, callsText(of.calls), of.bytes, of.readUnits, of.writeUnits].map(cell),
      ),
    ]),
    titled('Growth', [
      ['', '', 'requests', 'read units', 'write units', 'largest item', 'CPU ms'],
      ...growth.map((of) =>
        [of.of, of.size, of.calls, of.readUnits, of.writeUnits, of.largestItem, of.cpuMillis].map(cell),
      ),
    ]),
    titled('Sweep', [
      ['spans a request', 'spans a second', 'CPU ms a span'],
      ...sweep.map((of) => [of.spansARequest, Math.round(of.spansASecond), of.cpuMillisASpan.toFixed(3)].map(cell)),
    ]),
    titled('Bundles', [
      ['', 'kB', 'kB gzipped'],
      ...Object.entries(functions).map(([name, { rawBytes, gzipBytes }]) =>
        [name, rawBytes / 1000, gzipBytes / 1000].map(cell),
      ),
    ]),
    titled('The largest in the GitHub function', [
      ['', 'kB'],
      ...largest.map(({ name, bytes }) => [name, bytes / 1000].map(cell)),
    ]),
  ].join('\n\n')
}

const callsText = (calls: Readonly<Record<string, number>>): string =>
  Object.entries(calls)
    .map(([name, count]) => `${number(count)} ${name}`)
    .join(', ')

const cell = (of: string | number): string => (typeof of === 'number' ? number(of) : of)

const number = (of: number): string => (Number.isInteger(of) ? String(of) : of.toFixed(of < 100 ? 2 : 0))

/** The first column to the left, the others to the right, but for the last where it is text. */
const titled = (title: string, rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((text, column) =>
        column === 0 || !/^[\d.-]*$/.test(rows.at(-1)?.[column] ?? '')
          ? text.padEnd(widths[column] ?? 0)
          : text.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return [title, ...lines].join('\n')
}
