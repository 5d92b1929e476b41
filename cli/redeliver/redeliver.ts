import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import * as z from 'zod/mini'
import { refusal } from '../../local/refusal.ts'
import { orRefuse } from '../aws/problem.ts'
import { functionName } from '../aws/stack.ts'

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

/**
 * Runs the deployed function `redeliver` now instead of within ten minutes. It is run there and not here, since it has
 * what it takes: GitHub's token, the hooks, and in the table how far it has come, so that nothing is delivered twice.
 * Takes lambda:InvokeFunction.
 *
 * @throws Refusal when it cannot be run, has failed, or has nothing to look after
 */
export const redeliverNow = async (stage: string, client: LambdaClient): Promise<Redeliveries> => {
  const name = functionName(stage, 'redeliver')
  const { FunctionError, Payload } = await orRefuse(`The function ${name} cannot be run`, () =>
    client.send(new InvokeCommand({ FunctionName: name, Payload: '{}' })),
  )
  const answer = parsed(Payload)
  if (FunctionError !== undefined) {
    const { data } = z.safeParse(THROWN, answer)
    throw refusal(`The function ${name} has failed: ${data?.errorMessage ?? 'its log says why'}`)
  }
  const { data: reports } = z.safeParse(REPORTS, answer)
  if (reports === undefined)
    throw refusal(`The function ${name} answered what this version cannot read: deploy it anew.`)
  if (reports.length === 0) {
    throw refusal(
      'No hook is looked after: that takes the setting github-hooks and the parameter github-token (docs/deploy.md).',
    )
  }
  return reports
}

const parsed = (payload: Uint8Array | undefined): unknown => {
  try {
    return JSON.parse(Buffer.from(payload ?? []).toString('utf8'))
  } catch {
    return undefined
  }
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
