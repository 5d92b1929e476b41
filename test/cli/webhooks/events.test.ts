import { readFileSync } from 'node:fs'
import examples from '@octokit/webhooks-examples'
import { WEBHOOK_EVENTS } from '../../../cli/webhooks/events.ts'
import { github } from '../../../lib/github/source.ts'

const INSTALLATION = { githubHost: 'github.com', repositoryOfJob: () => undefined }

/** Whether the translation has anything to say of an event, beside that it records none of it. */
const isRead = (event: string): boolean => {
  const request = { query: {}, pathParameters: {}, body: Buffer.from('{}') }
  const translation = github.translate({ ...request, headers: { 'x-github-event': event } }, INSTALLATION)
  return translation.kind !== 'ignored'
}

describe('the events that a webhook sends', () => {
  it('are those that are translated', () => {
    const known = [...new Set([...examples.map(({ name }) => name), ...Object.keys(WEBHOOK_EVENTS)])]
    expect(known.filter((name) => name !== 'ping' && isRead(name)).sort()).toEqual(Object.keys(WEBHOOK_EVENTS).sort())
  })

  it('are those that README names', () => {
    const named = /of the events \*([^*]+)\*/.exec(readFileSync('README.md', 'utf8'))?.[1]
    expect(named).toBe(Object.values(WEBHOOK_EVENTS).join(', '))
  })
})
