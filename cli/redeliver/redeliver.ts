import * as z from 'zod/mini'
import { refusal } from '../../local/refusal.ts'

const REPORTS = z.array(
  z.object({
    hook: z.string(),
    listed: z.number(),
    redelivered: z.number(),
    rejected: z.number(),
    waiting: z.number(),
    failure: z.optional(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('limited'), untilMillis: z.number() }),
        z.object({ kind: z.literal('denied'), message: z.string() }),
        z.object({ kind: z.literal('failed'), message: z.string() }),
      ]),
    ),
  }),
)
/** What a run came to, a hook each: as the function `redeliver` answers. */
export type Redeliveries = z.infer<typeof REPORTS>

const THROWN = z.object({ errorMessage: z.string() })

/** The function `redeliver`, deployed or of the local stack. */
export interface RedeliverFunction {
  /** For people: `The function valuestream-prod-redeliver`. */
  readonly name: string
  /** Runs it once, and gives what it has answered, or thrown. @throws Refusal when it cannot be run */
  readonly run: () => Promise<{ readonly hasFailed: boolean; readonly answer: unknown }>
  /** What it takes to have a hook looked after. */
  readonly remedy: string
}

/**
 * Runs the function `redeliver` now instead of within ten minutes. It is run where it is and not here, since it has what
 * it takes: GitHub's token, the hooks, and in the table how far it has come, so that nothing is delivered twice.
 *
 * @throws Refusal when it cannot be run, has failed, or has nothing to look after
 */
export const redeliverNow = async ({ name, run, remedy }: RedeliverFunction): Promise<Redeliveries> => {
  const { hasFailed, answer } = await run()
  if (hasFailed) {
    const { data } = z.safeParse(THROWN, answer)
    throw refusal(`${name} has failed: ${data?.errorMessage ?? 'its log says why'}`)
  }
  const { data: reports } = z.safeParse(REPORTS, answer)
  if (reports === undefined) throw refusal(`${name} answered what this version cannot read: bring it to this version.`)
  if (reports.length === 0) throw refusal(`No hook is looked after: ${remedy}`)
  return reports
}

/** A line a hook. */
export const redeliveriesText = (reports: Redeliveries): string => reports.map(lineOf).join('\n')

const lineOf = ({ hook, listed, redelivered, rejected, waiting, failure }: Redeliveries[number]): string =>
  [
    `${hook}: ${redelivered} delivered again, of ${listed} looked at`,
    ...(rejected > 0 ? [`${rejected} that GitHub will never deliver again`] : []),
    ...(waiting > 0 ? [`${waiting} left for the next run`] : []),
    ...(failure === undefined ? [] : [reasonOf(failure)]),
  ].join('; ')

const reasonOf = (failure: NonNullable<Redeliveries[number]['failure']>): string =>
  failure.kind === 'limited'
    ? `GitHub takes no more until ${new Date(failure.untilMillis).toISOString()}`
    : failure.message
