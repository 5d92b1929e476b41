import { cloudEvent, pipelineRun, service } from '../payloads/events.ts'
import { eventOf, translated } from './translated.ts'

describe('translating a CloudEvent', () => {
  it('tells the CDEvent in it, below the span that it names', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const inside = pipelineRun('started')
    expect(eventOf(cloudEvent(inside))).toEqual(eventOf(inside))
    expect(eventOf(cloudEvent(inside, { traceparent }))).toEqual({
      ...eventOf(inside),
      references: {
        traceparent: [{ kind: 'span', traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }],
      },
    })
  })

  it('leaves a traceparent that is none alone, as W3C has it', () => {
    const inside = pipelineRun('started')
    expect(eventOf(cloudEvent(inside, { traceparent: 'x' }))).toEqual(eventOf(inside))
  })

  it.each([
    [cloudEvent(pipelineRun('started'), { type: 'com.acme.release' }), 'no CloudEvents but those of CDEvents'],
    [cloudEvent(pipelineRun('paused')), 'no CDEvents of pipelinerun paused'],
    [{ context: { type: 'dev.cdevents.taskrun.finished.0.2.0' } }, 'no CDEvents of taskrun finished'],
    [{ context: { type: 'dev.cdevents.change.finished.0.2.0' } }, 'no CDEvents of change finished'],
    [{ context: { type: 'dev.cdevents.constructor.name.0.1.0' } }, 'no CDEvents of constructor name'],
    [{ context: { type: 'dev.cdeventsx.acme-tool.started.0.1.0' } }, 'no such CDEvents'],
    [{ context: { type: 'dev.cdevents.<script>.started.0.1.0' } }, 'no such CDEvents'],
  ])('ignores %j', (payload, what) => {
    expect(translated(payload)).toEqual({ kind: 'ignored', reason: `ValueStream records ${what}` })
  })

  const WRONG = 'is missing or of the wrong type'
  it.each([
    [cloudEvent(pipelineRun('started'), { type: undefined }), 'type', WRONG],
    [cloudEvent(pipelineRun('started'), { data: undefined }), 'data', 'is missing: it must be the CDEvent, as JSON'],
    [cloudEvent(pipelineRun('started'), { data: '{}' }), 'data', 'is missing: it must be the CDEvent, as JSON'],
    [cloudEvent(pipelineRun('started'), { data: {} }), 'context', WRONG],
    [cloudEvent(pipelineRun('started'), { traceparent: 7 }), 'traceparent', WRONG],
    [{ context: {} }, 'context.type', WRONG],
    [pipelineRun('started', { context: { id: '' } }), 'context.id', WRONG],
    [pipelineRun('started', { context: { source: undefined } }), 'context.source', WRONG],
    [pipelineRun('started', { subject: { id: undefined } }), 'subject.id', WRONG],
    [pipelineRun('started', { subject: { id: 'x'.repeat(201) } }), 'subject.id', 'is longer than 200 characters'],
    [service('deployed', { context: { id: 'x'.repeat(201) } }), 'context.id', 'is longer than 200 characters'],
    [service('deployed', { content: { environment: 'production' } }), 'subject.content.environment', WRONG],
    [
      pipelineRun('started', { context: { timestamp: '2026-03-01' } }),
      'context.timestamp',
      'is not a time: say 2026-03-01T12:00:00Z, or the milliseconds since 1970',
    ],
  ])('refuses %j', (payload, path, fault) => {
    expect(translated(payload)).toEqual({ kind: 'malformed', reason: `the field ${path} ${fault}` })
  })
})
