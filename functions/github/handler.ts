import { github } from '../../lib/github/source.ts'
import { webhook } from '../webhook.ts'

export const handler = webhook(github, 'GITHUB_WEBHOOK_SECRET')
