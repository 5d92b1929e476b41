import { cloudEvent, pipelineRun, release } from '../payloads/events.ts'
import { HOSTILE_BODIES, HOSTILE_VALUES } from '../support/hostile.ts'
import { eventOf, translated, translatedBytes } from './translated.ts'

const withField = (payload: object, field: string, json: string): Buffer =>
  Buffer.from(
    JSON.stringify(payload, (name, value: unknown) => (name === field ? '@@' : value)).replaceAll('"@@"', json),
  )

describe('what nobody means to send, although it is signed', () => {
  it.each(HOSTILE_BODIES)('is malformed: %s', (_what, body, reason) => {
    expect(translatedBytes(Buffer.from(body))).toEqual({ kind: 'malformed', reason })
  })

  it.each(HOSTILE_VALUES)('is malformed in the place of what is read: %s', (_what, json) => {
    for (const field of ['type', 'id', 'time', 'links']) {
      const body = withField(release({ links: [], metadata: {} }), field, json)
      expect([field, translatedBytes(body).kind]).toEqual([field, 'malformed'])
    }
  })

  it.each(HOSTILE_VALUES)('is left out where a CDEvent may hold anything: %s', (_what, json) => {
    const { kind } = translatedBytes(
      withField(cloudEvent(pipelineRun('started', { customData: 1 })), 'customData', json),
    )
    expect(kind).toBe('events')
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('is no key of a run: an address that is longer than a key', () => {
    const uri = `https://dashboard.acme.com/${'a'.repeat(1_000)}`
    expect(eventOf(pipelineRun('started', { content: { uri } })).key).toBe('event:prod-shop/build/shop/run-7')
  })

  it('is malformed: more metadata than an event should carry', () => {
    const metadata = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`m${at}`, null]))
    expect(translated(release({ metadata }))).toEqual({
      kind: 'malformed',
      reason: 'the field metadata is missing or of the wrong type',
    })
  })
})
