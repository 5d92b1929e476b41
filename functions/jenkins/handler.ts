import { jenkins } from '../../lib/jenkins/source.ts'
import { webhook } from '../webhook.ts'

export const handler = webhook(jenkins, 'JENKINS_WEBHOOK_TOKEN')
