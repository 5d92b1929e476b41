import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as Invocation } from 'aws-lambda'
import { MAX_BODY_BYTES } from '../delivery/source.ts'
import { type Answer, type ReceiveDependencies, receive, tooLarge, unavailable } from '../record/receive.ts'
import { answerFigures } from './figures.ts'
import type { Level, Log } from './log.ts'
import { webhookRequest } from './request.ts'

export type WebhookHandler = (
  event: APIGatewayProxyEventV2,
  invocation?: Pick<Invocation, 'awsRequestId'>,
) => Promise<APIGatewayProxyStructuredResultV2>

/** What is answered, and what was thrown where that was unforeseen. */
interface Handled {
  readonly answer: Answer
  readonly thrown?: unknown
}

/**
 * A Lambda behind API Gateway that receives webhooks, and writes one line of the log for each. `prepare` gives what the
 * work needs, at each event anew, so that a rotated secret is taken up; where it throws, the webhook is to be delivered
 * again.
 */
export const webhookHandler =
  (prepare: () => Promise<ReceiveDependencies>, log: Log): WebhookHandler =>
  async (event, invocation) => {
    const { answer, thrown } = await handled(event, prepare)
    const request = {
      route: event.routeKey,
      requestId: invocation?.awsRequestId,
      delivery: deliveryId(event.headers['x-github-delivery'] ?? event.headers['webhook-id']),
    }
    log(
      levelOf(answer),
      answer.report.outcome,
      { ...request, ...fieldsOf(answer), ...errorIn(thrown) },
      answerFigures(answer),
    )
    return {
      statusCode: answer.status,
      headers: { 'content-type': 'application/json', ...answer.headers },
      body: JSON.stringify(answer.body),
    }
  }

const handled = async (
  event: APIGatewayProxyEventV2,
  prepare: () => Promise<ReceiveDependencies>,
): Promise<Handled> => {
  const request = webhookRequest(event)
  if (request === undefined) return { answer: tooLarge(MAX_BODY_BYTES) }
  try {
    return { answer: await receive(request, await prepare()) }
  } catch (thrown) {
    return { answer: unavailable('this webhook could not be handled: deliver it again'), thrown }
  }
}

export const levelOf = ({ status, report: { recorded } }: Answer): Level => {
  if (status >= 500) return 'error'
  const isLeft = recorded?.exported !== undefined && recorded.exported.kind !== 'accepted'
  return status >= 400 || isLeft ? 'warn' : 'info'
}

export const fieldsOf = ({ status, report: { reason, recorded } }: Answer): Readonly<Record<string, unknown>> => {
  const exported = recorded?.exported
  return {
    status,
    reason,
    activities: recorded?.contexts.map(({ key, parent }, index) => ({
      key,
      parent: parent?.key,
      reason: parent?.reason,
      because: recorded.because[index],
    })),
    lostRaces: recorded?.lostRaces || undefined,
    dueSpans: recorded?.dueSpans || undefined,
    exported: exported?.kind,
    exportMessage: exported === undefined || exported.kind === 'accepted' ? undefined : exported.message,
  }
}

/** The first lines of the stack are enough to find the place in a minified bundle. */
export const errorIn = (thrown: unknown): Readonly<Record<string, unknown>> => {
  if (thrown === undefined) return {}
  if (!(thrown instanceof Error)) return { error: 'unknown error' }
  return { error: `${thrown.name}: ${thrown.message}`, stack: thrown.stack?.split('\n').slice(1, 6) }
}

/**
 * What names one delivery to its sender: GitHub's GUID, or the id of Standard Webhooks. Where the webhook is refused
 * nobody has signed the header, so only what looks like an id is logged.
 */
const deliveryId = (header: string | undefined): string | undefined =>
  header !== undefined && /^[\w-]{1,64}$/.test(header) ? header : undefined
