import type { SQSBatchResponse } from 'aws-lambda'
import { gathererEnd, gathererStart } from '../payloads/jenkins.ts'
import { activityOf, openSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(() => system.close())

/** The Jenkins function as SQS invokes it. */
const queued = async (...bodies: string[]): Promise<SQSBatchResponse> => {
  const { handler } = (await import('../../functions/jenkins/handler.ts')) as {
    handler: (event: object) => Promise<SQSBatchResponse>
  }
  const attributes = { ApproximateReceiveCount: '1' }
  return handler({ Records: bodies.map((body, index) => ({ messageId: `message-${index}`, body, attributes })) })
}

describe('what Jenkins publishes to the topic', () => {
  it('becomes a span like what it posts', async () => {
    expect(await queued(JSON.stringify(gathererStart()))).toEqual({ batchItemFailures: [] })
    expect(await queued('no JSON', JSON.stringify(gathererEnd()))).toEqual({ batchItemFailures: [] })
    const posted = activityOf(await system.jenkins(gathererEnd()))
    expect(system.backend.spans).toMatchObject([
      {
        traceId: posted.traceId,
        spanId: posted.spanId,
        name: 'build',
        startMillis: 1_557_933_700_000,
        endMillis: 1_557_934_000_000,
        attributes: { 'build.number': 3, 'build.result': 'SUCCESS', 'build.cause': 'Started by user Ada' },
      },
    ])
  })

  it('comes again when the table is away, and only then', async () => {
    const build = JSON.stringify(gathererEnd({ number: 9, buildUrl: 'job/shop/9/', fullJobName: 'shop' }))
    await system.table.close()
    expect(await queued(build, '{}')).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] })
  })
})
