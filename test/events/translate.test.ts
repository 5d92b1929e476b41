import fc from 'fast-check'
import { change, cloudEvent, incident, pipelineRun, release, service } from '../payloads/events.ts'
import { translated } from './translated.ts'

const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'

/** The way to every member of a plain value. */
const pathsOf = (value: object, above: readonly string[] = []): readonly (readonly string[])[] =>
  Object.entries(value).flatMap(([name, member]) => [
    [...above, name],
    ...(typeof member === 'object' && member !== null ? pathsOf(member, [...above, name]) : []),
  ])

describe('whatever comes', () => {
  const anything = fc.jsonValue({ maxDepth: 3 })
  const changed = (payload: object) =>
    fc.tuple(fc.constantFrom(...pathsOf(payload)), anything).map(([path, value]) => {
      const copy: object = structuredClone(payload)
      const parent = path.slice(0, -1).reduce((at, name) => Reflect.get(at, name), copy)
      Reflect.set(parent, path.at(-1) ?? '', value)
      return copy
    })
  const known = [
    release({
      parent: 'acme/shop#1',
      links: ['a/b/c'],
      metadata: { a: 1 },
      repository: 'a/b',
      started: 1,
      result: 'skip',
    }),
    pipelineRun('finished', { content: { outcome: 'success', errors: '' }, customData: { parent: 'a/b#1' } }),
    change('merged'),
    service('deployed', { customData: { commit: SHA, started: 1 } }),
    incident('resolved', { customData: { deploy: 'a/b/c' } }),
    cloudEvent(incident('detected'), { traceparent: 'x' }),
  ]
  const payload = fc.oneof(anything, ...known.map(changed))

  it('translate answers and throws nothing', () => {
    fc.assert(
      fc.property(payload, (json) => {
        expect(['events', 'ignored', 'malformed']).toContain(translated(json).kind)
      }),
      { numRuns: 2000 },
    )
  })

  it('a text in any field is told as a whole event or refused', () => {
    const fields = fc.constantFrom('id', 'source', 'title', 'url', 'parent', 'repository', 'commit', 'time', 'type')
    fc.assert(
      fc.property(fields, fc.string({ unit: 'binary', maxLength: 60 }), (field, text) => {
        const translation = translated(release({ [field]: text }))
        if (translation.kind !== 'events') return
        expect(translation.events[0]?.key).toMatch(/^event:[a-z0-9._-]+\/[a-z0-9_]+\/[!-~]+$/)
      }),
      { numRuns: 2000 },
    )
  })
})
