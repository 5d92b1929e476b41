import { jenkins } from '../../lib/jenkins/source.ts'
import { queueHandler, webhookOrQueueHandler } from '../../lib/lambda/queue-handler.ts'
import { webhookHandler } from '../../lib/lambda/webhook-handler.ts'
import { log } from '../parts.ts'
import { prepared } from '../webhook.ts'

const prepare = prepared(jenkins, 'JENKINS_WEBHOOK_TOKEN')

/** Webhooks, and what comes over the topic. */
export const handler = webhookOrQueueHandler(webhookHandler(prepare, log()), queueHandler(prepare, log()))
