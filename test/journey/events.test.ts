import type { ReceivedSpan } from '../support/otlp-backend.ts'
import { openSystem, type System } from '../support/system.ts'
import { openStory } from './story.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(() => system.close())

const iso = (minute: number): string => new Date(Date.UTC(2026, 8, 1, 9, minute)).toISOString()
const spanOf = (key: string): ReceivedSpan | undefined =>
  system.backend.spans.findLast(({ attributes }) => attributes['valuestream.activity.key'] === key)

describe('an event of one’s own', () => {
  it('hangs from what it names as its parent', async () => {
    const story = openStory(system)
    await story.issue(1, 'opened', 0)
    const release = {
      type: 'release',
      id: 'ios-4.2.0',
      source: story.repository,
      parent: `codertocat/${story.repository}#1`,
      metadata: { platform: 'ios', api_token: 'hunter2' },
    }
    await system.events({ ...release, status: 'started', time: iso(2) })
    await system.events({ ...release, status: 'finished', time: iso(9), result: 'failure', error: 'rejected' })
    await story.issue(1, 'closed', 10)
    const [issue] = story.spans().filter(({ name }) => name === 'issue')
    const span = spanOf(`event:${story.repository.toLowerCase()}/release/ios-4.2.0`)
    expect(span).toMatchObject({
      name: 'release',
      traceId: issue?.traceId,
      parentSpanId: issue?.spanId,
      startMillis: Date.parse(iso(2)),
      endMillis: Date.parse(iso(9)),
      statusCode: 2,
    })
    expect(span?.attributes).toMatchObject({
      'event.metadata.platform': 'ios',
      'error.message': 'rejected',
      'valuestream.link.reason': 'marker',
    })
    expect(JSON.stringify(span)).not.toContain('hunter2')
  })

  it('of type incident links to the deploy that it names, whichever is known first', async () => {
    const story = openStory(system)
    const incident = {
      type: 'incident',
      id: 'checkout-down',
      source: story.repository,
      links: [`https://github.com/Codertocat/${story.repository}/deployments/5`],
    }
    await system.events({ ...incident, status: 'started', time: iso(8) })
    await system.events({ ...incident, status: 'finished', time: iso(20) })
    const deployed = { sha: story.sha('x'), environment: 'production' }
    await story.deploymentStatus(5, 7, 'success', deployed)
    const deploy = story.spans().find(({ name }) => name === 'deploy')
    const span = spanOf(`event:${story.repository.toLowerCase()}/incident/checkout-down`)
    expect(span?.links).toEqual([{ traceId: deploy?.traceId, spanId: deploy?.spanId, reason: 'caused_by' }])
    expect([span?.attributes['valuestream.result'], span?.parentSpanId]).toEqual(['success', undefined])
  })

  it('may be a deploy of another CI system, which finds its pull request by its commit', async () => {
    const story = openStory(system)
    await story.pull(2, 'opened', 0)
    await story.merged(2, 3, story.sha('merge'))
    await system.events({
      type: 'deploy',
      id: '4711',
      source: story.repository,
      status: 'finished',
      started: iso(4),
      time: iso(6),
      repository: `Codertocat/${story.repository}`,
      commit: story.sha('merge'),
      environment: 'production',
    })
    const pull = story.spans().find(({ name }) => name === 'pull_request')
    const span = spanOf(`event:${story.repository.toLowerCase()}/deploy/4711`)
    expect(span).toMatchObject({ name: 'deploy', parentSpanId: pull?.spanId, traceId: pull?.traceId })
    expect(span?.attributes['deployment.environment.name']).toBe('production')
  })

  it('may be a CDEvent: a service that was deployed, and rolled back', async () => {
    const event = (predicate: string, minute: number) => ({
      context: {
        specversion: '0.5.0',
        id: `${predicate}-1`,
        source: 'https://argo.acme.com',
        type: `dev.cdevents.service.${predicate}.0.3.0`,
        timestamp: iso(minute),
      },
      subject: { id: 'shop', source: 'https://argo.acme.com', content: { environment: { id: 'production' } } },
    })
    const before = system.backend.spans.length
    for (const [predicate, minute] of [
      ['deployed', 5],
      ['rolledback', 9],
    ] as const) {
      expect((await system.events(event(predicate, minute))).body.outcome).toBe('recorded')
    }
    expect(
      system.backend.spans
        .slice(before)
        .map(({ name, startMillis, attributes }) => [name, startMillis, attributes['deployment.rollback']]),
    ).toEqual([
      ['deploy', Date.parse(iso(5)), undefined],
      ['deploy', Date.parse(iso(9)), true],
    ])
  })
})
