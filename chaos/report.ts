import type { Chaos } from './chaos.ts'

/** The promises that were not kept, each in a sentence. */
export const problemsOf = ({ forgotten, missing, left, needless }: Chaos): readonly string[] => [
  ...(forgotten.length > 0 ? [`${forgotten.length} events were answered 202 and are not in the table.`] : []),
  ...(missing.length > 0 ? [`${missing.length} finished spans are neither at the backend nor undeliverable.`] : []),
  ...(needless > 0 ? [`${needless} spans went out twice, although nothing had befallen their export.`] : []),
  ...(left > 0 ? [`${left} contexts are still due.`] : []),
]

const EXAMPLES = 5

export const reportText = (outcome: Chaos): string => {
  const { toll, forgotten, missing } = outcome
  return [
    `${outcome.deliveries} deliveries of seed ${outcome.seed} in ${outcome.invocations} invocations, ${outcome.sweeps} sweeps.`,
    `Calls that failed: ${toll.fails}, that failed after they had done their work: ${toll.fails_after}.`,
    `Functions killed before a call: ${toll.killed}, after one: ${toll.killed_after}.`,
    '',
    `accepted events that the table does not know   ${forgotten.length}`,
    `finished spans that are missing                ${missing.length}`,
    `spans listed as undeliverable                  ${outcome.undeliverable}`,
    `spans that the backend took                    ${outcome.accepted}`,
    `  of them twice, word for word                 ${outcome.duplicates}`,
    `  without any reason                           ${outcome.needless}`,
    `contexts still due                             ${outcome.left}`,
    ...forgotten.slice(0, EXAMPLES).map((line) => `  forgotten: ${line}`),
    ...missing.slice(0, EXAMPLES).map((line) => `  missing: ${line}`),
  ].join('\n')
}
