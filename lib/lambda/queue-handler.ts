import type { APIGatewayProxyEventV2, Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import type { WebhookRequest } from '../delivery/source.ts'
import { type Answer, receiveTrusted, type TrustedDependencies, unavailable } from '../record/receive.ts'
import { answerFigures } from './figures.ts'
import type { Log } from './log.ts'
import { errorIn, fieldsOf, levelOf, type WebhookHandler } from './webhook-handler.ts'

type Invocation = Pick<Context, 'awsRequestId'>
export type QueueHandler = (event: SQSEvent, invocation?: Invocation) => Promise<SQSBatchResponse>

/**
 * A Lambda that takes messages from a queue which only trusted senders can write to: no token is asked for. `prepare` is
 * called once a batch; where it throws, all of it comes again.
 *
 * Each message is recorded by itself, at once with the others, and not the batch as a whole: `record` stops at the first
 * event that the store fails on, and then nothing would tell which messages were kept. It costs an export for each.
 */
export const queueHandler =
  (prepare: () => Promise<TrustedDependencies>, log: Log): QueueHandler =>
  async ({ Records: messages }, invocation) => {
    const dependencies = await prepare()
    const handled = await Promise.all(
      messages.map((message) => isHandled(message, dependencies, log, invocation?.awsRequestId)),
    )
    const left = messages.filter((_, index) => !handled[index])
    return { batchItemFailures: left.map(({ messageId }) => ({ itemIdentifier: messageId })) }
  }

/** One function for both ways. The shape of an event is AWS's alone: what a caller sends stands in its `body`. */
export const webhookOrQueueHandler = (webhook: WebhookHandler, queue: QueueHandler): WebhookHandler & QueueHandler => {
  function handler(event: APIGatewayProxyEventV2, invocation?: Invocation): ReturnType<WebhookHandler>
  function handler(event: SQSEvent, invocation?: Invocation): ReturnType<QueueHandler>
  function handler(event: APIGatewayProxyEventV2 | SQSEvent, invocation?: Invocation) {
    return 'Records' in event ? queue(event, invocation) : webhook(event, invocation)
  }
  return handler
}

/**
 * Whether the message need not come again. One that is malformed never gets better, so that the log is all that is left
 * of it; one that the store or a bug stands in the way of comes again, and at last lies in the dead-letter queue.
 */
const isHandled = async (
  { messageId, body, attributes }: SQSRecord,
  dependencies: TrustedDependencies,
  log: Log,
  requestId: string | undefined,
): Promise<boolean> => {
  const { answer, thrown } = await handled(body, dependencies)
  const message = { requestId, messageId, receives: Number(attributes.ApproximateReceiveCount) }
  log(
    levelOf(answer),
    answer.report.outcome,
    { ...message, ...fieldsOf(answer), ...errorIn(thrown) },
    answerFigures(answer),
  )
  return answer.report.outcome !== 'unavailable'
}

const handled = async (
  body: string,
  dependencies: TrustedDependencies,
): Promise<{ readonly answer: Answer; readonly thrown?: unknown }> => {
  try {
    return { answer: await receiveTrusted(requestOf(body), dependencies) }
  } catch (thrown) {
    return { answer: unavailable('this message could not be handled: it comes again'), thrown }
  }
}

const requestOf = (body: string): WebhookRequest => ({
  headers: {},
  query: {},
  pathParameters: {},
  body: Buffer.from(published(body), 'utf8'),
})

/**
 * What was published: the body itself, or, where the subscription has raw message delivery off, a field of SNS's envelope.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
const published = (body: string): string => {
  // What was published raw, which is the rule, is not parsed twice.
  if (!body.includes('"Notification"')) return body
  const { Type, Message } = recordOf(body)
  return Type === 'Notification' && typeof Message === 'string' ? Message : body
}

/** Of what is no JSON the source tells, in its own words. */
const recordOf = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
