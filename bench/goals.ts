import type { Counts, Ratios } from './functions.ts'
import type { Grown } from './growth.ts'
import type { Sizes } from './packaged.ts'
import type { Swept } from './sweep.ts'

/** One goal, what was measured, and whether that is enough. Counts are held to everywhere; ratios tell, since machines are noisy. */
export interface Held {
  readonly goal: string
  readonly atMost: number
  readonly measured: number
  readonly isCount: boolean
}

export interface Measurements {
  readonly functions: Readonly<Record<string, Sizes>>
  readonly counts: readonly Counts[]
  readonly ratios: readonly Ratios[]
  readonly growth: readonly Grown[]
  readonly sweep: readonly Swept[]
}

/** Round trips to DynamoDB, and calls in all, that an event of a kind may take. */
const AT_MOST = {
  'issue start': { trips: 1, calls: 3 },
  'issue finish': { trips: 2, calls: 4 },
  'pull request start': { trips: 2, calls: 6 },
  'pull request finish': { trips: 2, calls: 4 },
  'build start': { trips: 2, calls: 4 },
  'build finish': { trips: 2, calls: 4 },
} as const

const MAX_GITHUB_KILOBYTES = 230

export const goalsOf = ({ functions, counts, ratios, growth, sweep }: Measurements): readonly Held[] => {
  const worst = (of: (ratio: Ratios) => number): number => Math.max(...ratios.map(of))
  const cpuAt = (size: number): number => sweep.find((one) => one.spansARequest === size)?.cpuMillisASpan ?? Number.NaN
  return [
    {
      goal: 'bundle of the GitHub function, kB',
      atMost: MAX_GITHUB_KILOBYTES,
      measured: (functions.github?.rawBytes ?? 0) / 1000,
      isCount: true,
    },
    ...counts.flatMap(({ kind, roundTrips, calls }) => [
      { goal: `${kind}: DynamoDB round trips`, atMost: AT_MOST[kind].trips, measured: roundTrips, isCount: true },
      { goal: `${kind}: requests`, atMost: AT_MOST[kind].calls, measured: sum(Object.values(calls)), isCount: true },
      {
        goal: `${kind}: OTLP requests`,
        atMost: kind.endsWith('finish') ? 1 : 0,
        measured: calls.OTLP ?? 0,
        isCount: true,
      },
    ]),
    ...[...new Set(growth.map(({ of }) => of))].map((of) => {
      const calls = growth.filter((one) => one.of === of).map((one) => one.calls)
      return {
        goal: `growth of requests with ${of}`,
        // One in fifty children lets the oldest watchers of a name go.
        atMost: of === 'children of an issue' ? 0.05 : 0,
        measured: Math.max(...calls) - (calls[0] ?? 0),
        isCount: true,
      }
    }),
    { goal: 'cold total, ratio', atMost: 1.6, measured: worst(({ coldTotal }) => coldTotal), isCount: false },
    { goal: 'peak memory, ratio', atMost: 1.1, measured: worst(({ peakMemory }) => peakMemory), isCount: false },
    { goal: 'warm CPU an event, ratio', atMost: 2, measured: worst(({ warmCpu }) => warmCpu), isCount: false },
    {
      goal: 'sweep: CPU a span at 512 a request, ratio to 1',
      atMost: 0.25,
      measured: cpuAt(512) / cpuAt(1),
      isCount: false,
    },
  ]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

/** Exact, but for what binary fractions leave. */
export const isHeld = ({ measured, atMost }: Held): boolean => measured <= atMost + 1e-9
