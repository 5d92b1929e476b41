import { events } from '../../lib/events/source.ts'
import { webhook } from '../webhook.ts'

export const handler = webhook(events, 'EVENTS_WEBHOOK_SECRET')
