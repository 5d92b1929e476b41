import type { Level } from '../../lib/lambda/log.ts'
import { redeliverHandler } from '../../lib/lambda/redeliver-handler.ts'
import type { RedeliverDependencies } from '../../lib/redeliver/redeliver.ts'
import { TOKEN } from '../support/github-server.ts'
import { ACME, type Ground, openGround, report, SHOP } from './ground.ts'

let ground: Ground
beforeEach(async () => {
  ground = await openGround()
})
afterEach(() => ground.close())

describe('the function that redelivers', () => {
  const lines: [Level, string, unknown][] = []
  const invoke = (prepared: RedeliverDependencies | undefined) =>
    redeliverHandler(
      () => Promise.resolve(prepared),
      (level, message, fields) => lines.push([level, message, fields]),
    )({}, { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 55_000 })
  beforeEach(() => lines.splice(0))

  it('does nothing without a token or a hook, and says so', async () => {
    expect(await invoke(undefined)).toEqual([])
    expect(lines).toEqual([
      ['info', 'nothing is redelivered: that takes both GITHUB_TOKEN and GITHUB_HOOKS', { requestId: 'r-1' }],
    ])
  })

  it('writes a line a hook: what was done, or what the token lacks, and never the token', async () => {
    ground.fail('a', 90)
    await invoke(ground.dependencies({ hooks: [SHOP, ACME] }))
    const message = 'looked for failed deliveries'
    expect(lines.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      ['info', message, { requestId: 'r-1', ...report, listed: 1, redelivered: 1 }],
      [
        'warn',
        message,
        {
          requestId: 'r-1',
          ...report,
          hook: 'acme#45',
          failure: 'denied',
          reason:
            'GITHUB_TOKEN may not use the hook acme#45, or there is no such hook (404): a fine-grained token needs the organization permission "Webhooks: read and write", a classic one the scope admin:org_hook and an owner of the organization.',
        },
      ],
    ])
    expect(JSON.stringify(lines)).not.toContain(TOKEN)
  })

  it('says until when GitHub takes no more', async () => {
    ground.github.state.instead = () => ({ status: 429, headers: { 'retry-after': '60' } })
    await invoke(ground.dependencies())
    const reason = 'GitHub takes no more until 2026-09-21T14:14:20.000Z'
    expect(lines).toMatchObject([['warn', 'looked for failed deliveries', { failure: 'limited', reason }]])
  })
})
