import type { APIGatewayProxyEventV2, SQSEvent, SQSRecord } from 'aws-lambda'
import type { CompletedSpan } from '../../lib/delivery/span.ts'
import { jenkins } from '../../lib/jenkins/source.ts'
import { jsonLog } from '../../lib/lambda/log.ts'
import type { Figures } from '../../lib/lambda/metrics.ts'
import { queueHandler, webhookOrQueueHandler } from '../../lib/lambda/queue-handler.ts'
import { type ContextStore, StoreUnavailable } from '../../lib/record/ports.ts'
import type { TrustedDependencies } from '../../lib/record/receive.ts'
import { gathererEnd, gathererStart } from '../payloads/jenkins.ts'
import { memoryStore } from '../support/memory-store.ts'

const QUEUE_ARN = 'arn:aws:sqs:eu-west-1:123456789012:valuestream-prod-JenkinsQueue-1XYZ'

const message = (messageId: string, body: unknown): SQSRecord => ({
  messageId,
  receiptHandle: 'AQEB',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: {
    ApproximateReceiveCount: '2',
    SentTimestamp: '1557934000700',
    SenderId: 'AIDAIENQZJOLO23YVJ4VO',
    ApproximateFirstReceiveTimestamp: '1557934000800',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: QUEUE_ARN,
  awsRegion: 'eu-west-1',
})
const batch = (...Records: SQSRecord[]): SQSEvent => ({ Records })

/** As SNS sends it where raw message delivery is off. */
const envelope = (payload: unknown) => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:valuestream-prod-JenkinsTopic-1XYZ',
  Message: JSON.stringify(payload),
  Timestamp: '2019-05-15T15:26:40.700Z',
  SignatureVersion: '1',
  Signature: 'EXAMPLE',
  SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService.pem',
  UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
})

const run = (number: number, more: object = {}) =>
  gathererEnd({ number, buildUrl: `job/codertocat/job/hello-world/job/PR-2/${number}/`, ...more })
const keyOf = (number: number) => `run:https://ci.acme.com/job/codertocat/job/hello-world/job/PR-2/${number}/`

const setUp = (more: Partial<TrustedDependencies> = {}) => {
  const [lines, exported]: [string[], CompletedSpan[]] = [[], []]
  const store = memoryStore()
  const prepared: TrustedDependencies[] = []
  const dependencies: TrustedDependencies = {
    source: jenkins,
    installation: { githubHost: 'github.com', repositoryOfJob: () => undefined },
    store,
    exporter: {
      export: async (spans) => {
        exported.push(...spans)
        return Promise.resolve({ kind: 'accepted' })
      },
    },
    pause: async () => {},
    ...more,
  }
  const counted: Figures[] = []
  const log = jsonLog(
    undefined,
    (line) => lines.push(line),
    (figures) => {
      counted.push(figures)
      return {}
    },
  )
  const prepare = async () => {
    prepared.push(dependencies)
    return Promise.resolve(dependencies)
  }
  return {
    store,
    exported,
    prepared,
    counted,
    lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    written: () => lines.join('\n'),
    handler: queueHandler(prepare, log),
  }
}

/** A store that cannot be reached for one activity, by this error. */
const failingFor = (key: string, error: Error): ContextStore => {
  const store = memoryStore()
  return {
    ...store,
    tell: async (told, ...rest) => (told === key ? Promise.reject(error) : store.tell(told, ...rest)),
  }
}

const because = 'no parent: nothing is known yet by pull_request_number'

describe('a function behind a queue', () => {
  it('records each message of a batch, raw or in an envelope, asks for no token, and logs a line for each', async () => {
    const { handler, exported, lines, prepared, store } = setUp()
    const event = batch(message('a', run(1)), message('b', envelope(run(2))))
    expect(await handler(event, { awsRequestId: 'request-1' })).toEqual({ batchItemFailures: [] })
    expect(exported.map(({ name, attributes }) => [name, attributes['build.number']])).toEqual([
      ['build', 1],
      ['build', 2],
    ])
    expect([...store.contexts.keys()]).toEqual(expect.arrayContaining([keyOf(1), keyOf(2)]))
    const line = (messageId: string, number: number) => ({
      level: 'info',
      message: 'recorded',
      requestId: 'request-1',
      messageId,
      receives: 2,
      status: 202,
      activities: [{ key: keyOf(number), because }],
      dueSpans: 1,
      exported: 'accepted',
    })
    expect(lines()).toEqual([line('a', 1), line('b', 2)])
    expect(prepared).toHaveLength(1)
  })

  it('makes one span of the start and the end of a run in one batch, whichever comes first', async () => {
    const { handler, exported } = setUp()
    expect(await handler(batch(message('end', gathererEnd()), message('start', gathererStart())))).toEqual({
      batchItemFailures: [],
    })
    expect(exported.at(-1)).toMatchObject({
      name: 'build',
      startMillis: 1_557_933_700_000,
      endMillis: 1_557_934_000_000,
    })
    expect(new Set(exported.map(({ spanId }) => spanId)).size).toBe(1)
  })

  it.each([
    ['no JSON', '{"ciUrl": "hunter2', 'the field body is not JSON in UTF-8'],
    ['an envelope around none', { ...envelope(0), Message: 'hunter2' }, 'the field body is not JSON in UTF-8'],
    [
      'a build without a number',
      gathererEnd({ number: 'hunter2' }),
      'the field number is missing or of the wrong type',
    ],
  ])('lets go of %s, which would never get better, and logs why and not what', async (_what, body, reason) => {
    const { handler, lines, written } = setUp()
    expect(await handler(batch(message('a', body)))).toEqual({ batchItemFailures: [] })
    expect(lines()).toEqual([{ level: 'warn', message: 'refused', messageId: 'a', receives: 2, status: 400, reason }])
    expect(written()).not.toContain('hunter2')
  })

  it('lets go of what tells of no build', async () => {
    const { handler, lines } = setUp()
    const queued = { ciUrl: 'https://ci.acme.com/', jobName: 'shop', jenkinsQueueId: 7 }
    expect(await handler(batch(message('a', queued)))).toEqual({ batchItemFailures: [] })
    expect(lines()).toEqual([
      {
        level: 'info',
        message: 'ignored',
        messageId: 'a',
        receives: 2,
        status: 202,
        reason: "neither the Statistics Gatherer's build events nor the Notification plugin's",
      },
    ])
  })

  it('has only the message come again that the store has failed on', async () => {
    const store = failingFor(keyOf(2), new StoreUnavailable('throttled', undefined))
    const { handler, exported, lines, counted } = setUp({ store })
    const event = batch(message('a', run(1)), message('b', run(2)), message('c', '{'), message('d', run(3)))
    expect(await handler(event)).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] })
    expect(exported.map(({ attributes }) => attributes['build.number'])).toEqual([1, 3])
    expect(counted).toHaveLength(4)
    expect(counted).toEqual(
      expect.arrayContaining([
        { Received: 1, Recorded: 1, Exported: 1 },
        { Received: 1, RefusedMalformed: 1 },
        { Received: 1, Unavailable: 1 },
      ]),
    )
    expect(lines().find(({ messageId }) => messageId === 'b')).toEqual({
      level: 'error',
      message: 'unavailable',
      messageId: 'b',
      receives: 2,
      status: 503,
      reason: 'the store cannot be reached: deliver this webhook again',
    })
  })

  it('has only the message come again that a bug stands in the way of', async () => {
    const { handler, exported, lines } = setUp({ store: failingFor(keyOf(1), new Error('a bug')) })
    expect(await handler(batch(message('a', run(1)), message('b', run(2))))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }],
    })
    expect(exported).toHaveLength(1)
    expect(lines().find(({ messageId }) => messageId === 'a')).toEqual({
      level: 'error',
      message: 'unavailable',
      messageId: 'a',
      receives: 2,
      status: 503,
      reason: 'this message could not be handled: it comes again',
      error: 'Error: a bug',
      stack: expect.arrayContaining([expect.stringContaining('at ')]),
    })
  })

  it('takes a message whose span no backend has accepted, which waits in the table', async () => {
    const exporter = { export: async () => Promise.resolve({ kind: 'retryable' as const, message: 'ECONNREFUSED' }) }
    const { handler, lines } = setUp({ exporter })
    expect(await handler(batch(message('a', run(1))))).toEqual({ batchItemFailures: [] })
    expect(lines()).toMatchObject([{ level: 'warn', exported: 'retryable', exportMessage: 'ECONNREFUSED' }])
  })

  it('has the whole batch come again when nothing can be prepared', async () => {
    const handler = queueHandler(
      async () => Promise.reject(new Error('no table')),
      jsonLog('silent', () => {}),
    )
    await expect(handler(batch(message('a', run(1))))).rejects.toThrow('no table')
  })
})

describe('a function behind a queue and an API', () => {
  const answer = { statusCode: 202 }
  const left = { batchItemFailures: [{ itemIdentifier: 'a' }] }
  const seen: unknown[] = []
  const handler = webhookOrQueueHandler(
    async (...given) => {
      seen.push(given)
      return Promise.resolve(answer)
    },
    async (...given) => {
      seen.push(given)
      return Promise.resolve(left)
    },
  )
  const http = { version: '2.0', routeKey: 'POST /jenkins', body: '{"Records":[]}' } as APIGatewayProxyEventV2
  const queued = batch(message('a', run(1)))
  const invocation = { awsRequestId: 'request-1' }

  it('tells the two apart by what AWS makes of them, and not by what a caller sends', async () => {
    expect(await handler(http, invocation)).toBe(answer)
    expect(await handler(queued, invocation)).toBe(left)
    expect(seen).toEqual([
      [http, invocation],
      [queued, invocation],
    ])
  })
})
