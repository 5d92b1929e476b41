import { idOf } from '../history/hash.ts'
import type { JsonObject } from './json.ts'

export const githubLabel = (repositoryUrl: string, name: string): JsonObject => ({
  id: idOf(repositoryUrl, 'label', name),
  node_id: Buffer.from(`05:Label${idOf(repositoryUrl, 'label', name)}`).toString('base64'),
  url: `${repositoryUrl}/labels/${encodeURIComponent(name)}`,
  name,
  color: name.startsWith('team:') ? '0e8a16' : 'd73a4a',
  default: !name.startsWith('team:'),
  description: null,
})
