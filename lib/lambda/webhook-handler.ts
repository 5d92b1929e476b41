import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type Answer, type ReceiveDependencies, receive, tooLarge, unavailable } from '../record/receive.ts'
import type { Level, Log } from './log.ts'
import { webhookRequest } from './request.ts'

export type WebhookHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>

/**
 * A Lambda behind API Gateway that receives webhooks. `prepare` gives what the work needs, at each event anew, so that a
 * rotated secret is taken up; where it throws, the webhook is to be delivered again.
 */
export const webhookHandler =
  (prepare: () => Promise<ReceiveDependencies>, log: Log): WebhookHandler =>
  async (event) => {
    const answer = await answerTo(event, prepare, log)
    logAnswer(event, answer, log)
    return {
      statusCode: answer.status,
      headers: { 'content-type': 'application/json', ...answer.headers },
      body: JSON.stringify(answer.body),
    }
  }

const answerTo = async (
  event: APIGatewayProxyEventV2,
  prepare: () => Promise<ReceiveDependencies>,
  log: Log,
): Promise<Answer> => {
  const request = webhookRequest(event)
  if (request === undefined) return tooLarge()
  try {
    return await receive(request, await prepare())
  } catch (error) {
    log('error', error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error', {
      stack: error instanceof Error ? error.stack?.split('\n').slice(1, 6) : undefined,
    })
    return unavailable('this webhook could not be handled: deliver it again')
  }
}

const logAnswer = (event: APIGatewayProxyEventV2, { status, report }: Answer, log: Log): void => {
  const { recorded } = report
  const exported = recorded?.exported
  const level: Level =
    status >= 500 ? 'error' : status >= 400 || (exported && exported.kind !== 'accepted') ? 'warn' : 'info'
  log(level, report.outcome, {
    status,
    route: event.routeKey,
    delivery: deliveryId(event.headers['x-github-delivery']),
    reason: report.reason,
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
  })
}

/** The header is not signed, so only what looks like GitHub's GUID is logged. */
const deliveryId = (header: string | undefined): string | undefined =>
  header !== undefined && /^[0-9a-f-]{1,64}$/i.test(header) ? header : undefined
