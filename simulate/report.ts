import { table } from '../demo/report/table.ts'
import type { Comparison, Difference, Tally } from './compare.ts'
import type { Delivered } from './system/deliver.ts'

/** What was simulated, and what came of it. */
export interface Report {
  readonly seed: number
  readonly activities: number
  readonly loss: number
  readonly deliveries: { readonly sent: number; readonly lost: number; readonly repeated: number }
  readonly delivered: Delivered
  readonly comparison: Comparison
}

export interface Ratios {
  readonly precision: number
  readonly recall: number
}

/** Of nothing, all is right. */
export const ratiosOf = ({ truth, exported, matched }: Tally): Ratios => ({
  precision: exported === 0 ? 1 : matched / exported,
  recall: truth === 0 ? 1 : matched / truth,
})

export const together = (a: Tally, b: Tally): Tally => ({
  truth: a.truth + b.truth,
  exported: a.exported + b.exported,
  matched: a.matched + b.matched,
})

/**
 * The goals that do not hold, each in a sentence. They are the same whether deliveries were lost or not, since the truth
 * is what the remaining ones still tell.
 */
export const problemsOf = ({ comparison, delivered }: Pick<Report, 'comparison' | 'delivered'>): readonly string[] => {
  const { lost, doubled, wrong, parents, links } = comparison
  const { precision, recall } = ratiosOf(together(parents, links))
  return [
    ...(delivered.refused.length > 0 ? [`${delivered.refused.length} deliveries were refused.`] : []),
    ...(lost.length > 0 ? [`${lost.length} spans were lost.`] : []),
    ...(doubled.length > 0 ? [`${doubled.length} spans were doubled.`] : []),
    ...(wrong.length > 0 ? [`${wrong.length} spans are wrong.`] : []),
    ...(precision < 1 ? ['The precision of the links is below 1.'] : []),
    ...(recall < 1 ? ['The recall of the links is below 1.'] : []),
  ]
}

const EXAMPLES = 12

/** The report as it is printed. */
export const reportText = (report: Report): string => {
  const { deliveries, delivered, comparison } = report
  const { lost, doubled, wrong, corrections, parents, links, spans } = comparison
  const rate = Math.round(delivered.events / delivered.seconds)
  const refused = delivered.refused.slice(0, EXAMPLES).map((line) => `  refused: ${line}`)
  return [
    `${report.activities} activities of seed ${report.seed}: ${deliveries.sent} deliveries, ${deliveries.lost} lost, ${deliveries.repeated} repeated.`,
    `${delivered.events} events in ${delivered.seconds.toFixed(1)} s, ${rate} a second; answers ${answersOf(delivered)}.`,
    '',
    table([
      ['', 'truth', 'exported', 'matched', 'precision', 'recall'],
      tallyRow('parents', parents),
      tallyRow('links', links),
      tallyRow('together', together(parents, links)),
      tallyRow('spans', spans),
    ]),
    '',
    table([
      ['lost spans', String(lost.length)],
      ['doubled spans', String(doubled.length)],
      ['wrong spans', String(wrong.length)],
      ['given up, their end was lost', String(comparison.abandoned.length)],
      ['taken back, what ended them was lost', String(comparison.stranded.length)],
    ]),
    '',
    `${corrections.exports} corrections of ${corrections.spans} spans, in ${corrections.histories} of ${corrections.allHistories} histories; ` +
      `${corrections.overtaken} were overtaken by an earlier word on their way.`,
    ...refused,
    ...lost.slice(0, EXAMPLES).map(({ key, episode, name }) => `  lost: ${name} ${key}, episode ${episode}`),
    ...doubled
      .slice(0, EXAMPLES)
      .map(({ spanId, attributes }) => `  doubled: ${spanId} ${attributes['valuestream.activity.key']}`),
    ...fieldCounts(wrong),
    ...wrong.slice(0, EXAMPLES).flatMap((differences) => differences.map(differenceLine)),
  ].join('\n')
}

const answersOf = ({ answers, redelivered }: Delivered): string => {
  const counts = Object.entries(answers).map(([status, count]) => `${status}: ${count}`)
  return `${counts.join(', ')}${redelivered === 0 ? '' : ` (${redelivered} delivered again)`}`
}

const tallyRow = (name: string, tally: Tally): readonly string[] => {
  const { precision, recall } = ratiosOf(tally)
  const { truth, exported, matched } = tally
  return [name, String(truth), String(exported), String(matched), precision.toFixed(6), recall.toFixed(6)]
}

/** Which fields differ, the most frequent first. */
const fieldCounts = (wrong: Comparison['wrong']): readonly string[] => {
  const counts = new Map<string, number>()
  for (const { field } of wrong.flat()) counts.set(field, (counts.get(field) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([field, count]) => `  wrong in ${field}: ${count}`)
}

const differenceLine = ({ key, spanId, field, expected, got }: Difference): string =>
  `  wrong: ${key} (${spanId}) ${field}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`

/** The report as `--json` writes it. */
export const reportJson = (report: Report): string => {
  const { comparison, delivered, ...of } = report
  const { spans, parents, links, lost, doubled, wrong, corrections } = comparison
  const both = together(parents, links)
  return JSON.stringify(
    {
      ...of,
      delivered: { ...delivered, eventsPerSecond: delivered.events / delivered.seconds },
      spans,
      parents: { ...parents, ...ratiosOf(parents) },
      links: { ...links, ...ratiosOf(links) },
      together: { ...both, ...ratiosOf(both) },
      counts: {
        ...{ lost: lost.length, doubled: doubled.length, wrong: wrong.length },
        ...{ abandoned: comparison.abandoned.length, stranded: comparison.stranded.length },
      },
      corrections,
      problems: problemsOf(report),
      lost: lost.map(({ key, episode }) => ({ key, episode })),
      doubled: doubled.map(({ spanId, attributes }) => ({ spanId, key: attributes['valuestream.activity.key'] })),
      wrong,
    },
    null,
    2,
  )
}
