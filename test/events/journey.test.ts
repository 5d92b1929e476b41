import { incident, release, service } from '../payloads/events.ts'
import { activityOf, openSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(() => system.close())

describe('events of your own', () => {
  it('become spans that hang from each other, and from what they were caused by', async () => {
    const commit = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
    const deploy = activityOf(
      await system.events(service('deployed', { customData: { repository: 'acme/shop', commit } })),
    )
    const opened = { type: 'incident', id: 'inc-7', links: [deploy.key?.replace('event:', '')] }
    const started = { status: 'started', time: '2026-03-01T12:07:00Z' }
    const first = activityOf(await system.events(release({ ...opened, ...started })))
    const page = { type: 'page', id: 'call', parent: 'mobile/incident/inc-7', started: '2026-03-01T12:08:00Z' }
    const call = activityOf(await system.events(release({ ...page, time: '2026-03-01T12:09:00Z', result: 'timeout' })))
    await system.events(release({ type: 'incident', id: 'inc-7', time: '2026-03-01T12:40:00Z' }))

    const spans = system.backend.spans.map(({ name, traceId, spanId, parentSpanId, links }) => ({
      ...{ name, traceId, spanId, parentSpanId },
      links: links.map((link) => link.spanId),
    }))
    const { traceId } = first
    expect(spans).toEqual([
      { name: 'deploy', traceId: deploy.traceId, spanId: deploy.spanId, links: [] },
      { name: 'page', traceId, spanId: call.spanId, parentSpanId: first.spanId, links: [] },
      { name: 'incident', traceId, spanId: first.spanId, links: [deploy.spanId] },
    ])
  })

  it('are answered what is wrong with them, or why they are ignored', async () => {
    const guessed = `whsec_${Buffer.from('guessed').toString('base64')}`
    const answers = [
      await system.events(release(), guessed),
      await system.events(release({ time: 'today' })),
      await system.events(incident('closed')),
    ]
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [
        401,
        {
          outcome: 'refused',
          reason:
            "no signature fits: the sender's secret and EVENTS_WEBHOOK_SECRET differ, or the body was changed on its way",
        },
      ],
      [
        400,
        {
          outcome: 'refused',
          reason: 'the field time is not a time: say 2026-03-01T12:00:00Z, or the milliseconds since 1970',
        },
      ],
      [202, { outcome: 'ignored', reason: 'ValueStream records no CDEvents of incident closed' }],
    ])
  })
})
