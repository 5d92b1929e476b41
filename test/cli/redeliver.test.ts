import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { mockClient } from 'aws-sdk-client-mock'
import { deployedFunction } from '../../cli/redeliver/deployed.ts'
import { redeliveriesText, redeliverNow } from '../../cli/redeliver/redeliver.ts'
import type { HookReport } from '../../lib/redeliver/redeliver.ts'
import { emptyAccount, openFakeAws } from './fake-aws.ts'
import { runCli } from './run-cli.ts'

const client = new LambdaClient({ region: 'eu-west-1' })
const lambda = mockClient(client)
beforeEach(() => void lambda.reset())

const answering = (answer: unknown, FunctionError?: string) => {
  const Payload = Object.assign(Buffer.from(JSON.stringify(answer)), { transformToString: () => '' })
  lambda
    .on(InvokeCommand, { FunctionName: 'valuestream-prod-redeliver' })
    .resolves({ Payload: Payload as never, ...(FunctionError === undefined ? {} : { FunctionError }) })
}

const REPORTS: readonly HookReport[] = [
  { hook: 'acme/shop#123', listed: 40, redelivered: 3, rejected: 0, waiting: 0 },
  {
    ...{ hook: 'acme#45', listed: 0, redelivered: 1, rejected: 1, waiting: 2 },
    failure: { kind: 'limited', untilMillis: Date.UTC(2026, 8, 1, 12) },
  },
  {
    hook: 'app',
    listed: 0,
    redelivered: 0,
    rejected: 0,
    waiting: 0,
    failure: { kind: 'denied', message: 'no such hook' },
  },
]

describe('redelivering now', () => {
  it('runs the deployed function, and tells what came of each hook', async () => {
    answering(REPORTS)
    const reports = await redeliverNow(deployedFunction('prod', client))
    expect(reports).toEqual(REPORTS)
    expect(redeliveriesText(reports).split('\n')).toEqual([
      'acme/shop#123: 3 delivered again, of 40 looked at',
      'acme#45: 1 delivered again, of 0 looked at; 1 that GitHub will never deliver again; 2 left for the next run; GitHub takes no more until 2026-09-01T12:00:00.000Z',
      'app: 0 delivered again, of 0 looked at; no such hook',
    ])
  })

  it.each([
    [[], undefined, 'No hook is looked after: that takes the setting github-hooks and the parameter github-token'],
    [
      { errorMessage: 'GITHUB_HOOKS has an entry' },
      'Unhandled',
      'The function valuestream-prod-redeliver has failed: GITHUB_HOOKS has an entry',
    ],
    [
      'odd',
      undefined,
      'The function valuestream-prod-redeliver answered what this version cannot read: bring it to this version.',
    ],
  ])('is refused in a sentence (%#)', async (answer, functionError, sentence) => {
    answering(answer, functionError)
    await expect(redeliverNow(deployedFunction('prod', client))).rejects.toThrow(sentence)
  })

  it('says that it is not deployed', async () => {
    lambda
      .on(InvokeCommand)
      .rejects(Object.assign(new Error('Function not found'), { name: 'ResourceNotFoundException' }))
    await expect(redeliverNow(deployedFunction('dev', client))).rejects.toThrow(
      'The function valuestream-dev-redeliver cannot be run. AWS says: ResourceNotFoundException: Function not found.',
    )
  })

  it('is a command, which fails where a hook could not be looked after', async () => {
    const account = emptyAccount()
    const fake = await openFakeAws(account)
    account.answers.set('valuestream-prod-redeliver', REPORTS.slice(0, 1))
    const run = (...more: readonly string[]) => runCli(['redeliver', '--stage', 'prod', ...more], fake.env)
    const well = await run()
    account.answers.set('valuestream-prod-redeliver', REPORTS)
    const denied = await run('--json')
    await fake.close()
    expect(well).toEqual({ code: 0, out: 'acme/shop#123: 3 delivered again, of 40 looked at\n', err: '' })
    expect([denied.code, JSON.parse(denied.out)]).toEqual([1, REPORTS])
  })
})
