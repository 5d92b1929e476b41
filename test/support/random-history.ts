import type { Random } from '../../demo/history/random.ts'
import type { SpanRecord } from '../../explorer/warehouse/span-record.ts'
import { spanRecord } from './span-record.ts'

const HOUR = 3_600_000
const START = 1_790_000_000_000

/** Traces of an issue with a pull request, builds and a deploy, whose attributes have nothing to do with anything. */
export const randomHistory = (traces: number, random: Random): readonly SpanRecord[] =>
  Array.from({ length: traces }, (_, trace) => traceOf(trace, random)).flat()

const traceOf = (trace: number, random: Random): readonly SpanRecord[] => {
  const builds = Array.from({ length: 1 + Math.floor(random.between(0, 3)) }, () => 'build')
  return ['issue', 'pull_request', ...builds, 'deploy'].map((operation, at) =>
    spanRecord({
      traceId: hex(trace + 1, 32),
      spanId: hex(trace * 100 + at + 1, 16),
      operation,
      startMillis: START + trace * HOUR,
      endMillis: START + trace * HOUR + random.between(1, 100) * HOUR,
      isError: random.chance(0.1),
      attributes: attributesOf(operation, random),
    }),
  )
}

const attributesOf = (operation: string, random: Random): SpanRecord['attributes'] => ({
  'vcs.repository.name': random.pick(['shop', 'payments', 'search']),
  [`${operation}.team`]: random.pick(['red', 'green', 'blue', 'white']),
  [`${operation}.author`]: `user-${Math.floor(random.between(0, 12))}`,
  [`${operation}.size`]: Math.floor(random.between(0, 1000)),
  [`${operation}.is_urgent`]: random.chance(0.3),
  ...(random.chance(0.4) ? { [`${operation}.labels`]: [random.pick(['a', 'b', 'c']), random.pick(['x', 'y'])] } : {}),
  ...(operation === 'deploy'
    ? { 'build.parameter.deploy_type': random.chance(0.2) ? 'ami' : random.pick(['container', 'mutable']) }
    : {}),
})

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0')
