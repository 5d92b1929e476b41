import type { Fuzz, Told } from './fuzz.ts'
import { PROMISES, type PromiseName } from './judge.ts'

/** The promises that were not kept, each in a sentence with how often. */
export const problemsOf = ({ breaches }: Pick<Fuzz, 'breaches'>): readonly string[] =>
  (Object.keys(PROMISES) as PromiseName[]).flatMap((promise) =>
    breaches[promise] === undefined ? [] : [`Not kept ${breaches[promise]} times: ${PROMISES[promise]}`],
  )

const EXAMPLES = 5

export const reportText = (fuzzed: Fuzz): string =>
  [
    `${fuzzed.cases} requests of seed ${fuzzed.seed}, ${fuzzed.genuine} of them genuine.`,
    '',
    ...Object.entries(fuzzed.answers).map(([answer, times]) => `${answer.padEnd(14)} ${times}`),
    '',
    `largest context, as JSON: ${fuzzed.largestContextBytes} bytes`,
    'slowest, milliseconds of a processor:',
    ...fuzzed.slowest.map((told) => `  ${told.millis.toFixed(1).padStart(7)}  ${described(told)}`),
    ...(Object.keys(PROMISES) as PromiseName[]).flatMap((promise) =>
      fuzzed.examples
        .filter((example) => example.promise === promise)
        .slice(0, EXAMPLES)
        .flatMap((example) => ['', `${promise}: ${described(example)}`, `  ${example.seen}`]),
    ),
  ].join('\n')

/** With the options that make it again. */
const described = ({ seed, index, door, bytes, mutations }: Told): string =>
  `--seed ${seed} --only ${index}  ${door}, ${bytes} bytes: ${mutations.join('; ')}`
