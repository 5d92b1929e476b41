import { translate } from '../../lib/jenkins/translate.ts'
import { gathererEnd, gathererStart, notification } from '../payloads/jenkins.ts'
import { HOSTILE_BODIES, HOSTILE_VALUES } from '../support/hostile.ts'

const translated = (body: object | string | Uint8Array) =>
  translate(
    {
      headers: {},
      query: {},
      pathParameters: {},
      body: Buffer.from(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)),
    },
    { githubHost: 'github.com', repositoryOfJob: () => undefined },
  )

const eventOf = (payload: object) => {
  const translation = translated(payload)
  if (translation.kind !== 'events') throw new Error(JSON.stringify(translation))
  return translation.events[0]
}

const withField = (payload: object, field: string, json: string): string =>
  JSON.stringify(payload, (name, value: unknown) => (name === field ? '@@' : value)).replaceAll('"@@"', json)

const malformed = (reason: string) => ({ kind: 'malformed', reason })

describe('what no plugin of Jenkins sends, although it bears the token', () => {
  it.each(HOSTILE_BODIES)('is malformed: %s', (_what, body, reason) => {
    expect(translated(body)).toEqual(malformed(reason))
  })

  it.each(HOSTILE_VALUES)('is malformed in the place of what is read: %s', (_what, json) => {
    for (const field of ['number', 'fullJobName', 'buildFailureCauses', 'scmInfo', 'queueTime']) {
      if (field === 'scmInfo' && json.startsWith('{')) continue
      expect([field, translated(withField(gathererStart(), field, json)).kind]).toEqual([field, 'malformed'])
    }
  })

  it.each([
    ['not an address', 'https://ci acme com/'],
    ['an address that nothing stands below', 'mailto:jenkins@acme.com'],
    ['an address that is longer than a key', `https://ci.acme.com/${'job/job/'.repeat(10_000)}`],
  ])('is malformed: %s of a controller', (_what, ciUrl) => {
    const payload = gathererStart({ ciUrl, buildCause: 'Started by upstream project "a" build number 1' })
    expect(translated(payload).kind).toBe('malformed')
  })

  it('is malformed: an address of a run that is longer than a key', () => {
    const full_url = `https://ci.acme.com${'/job/job'.repeat(100_000)}/x/1/`
    expect(translated(notification({ full_url }))).toEqual(
      malformed('the field build.full_url is not an address, or too long'),
    )
  })

  it.each([1e13, 1e300, -1])('is no time: %d', (time) => {
    expect(translated(gathererEnd({ endTime: time }))).toEqual(malformed('the field endTime is not a time'))
    expect(translated(notification({ timestamp: time }))).toEqual(malformed('the field build.timestamp is not a time'))
  })

  it('is no duration: what no run has taken', () => {
    expect(eventOf(gathererEnd({ duration: 1e300 }))?.opened.atMillis).toBe(1_557_934_000_000)
  })

  it('is no upstream run: half a character, or an address that is longer than a key', () => {
    const cause = (project: string) => ({ buildCause: `Started by upstream project "${project}" build number 7` })
    expect(eventOf(gathererStart(cause('a\ud800')))?.references.upstream_build).toEqual([
      { kind: 'activity', key: 'run:https://ci.acme.com/job/a%EF%BF%BD/7/', unseen: 'join' },
    ])
    expect(eventOf(gathererStart(cause('\u00fc'.repeat(500))))?.references).not.toHaveProperty('upstream_build')
  })

  it('is shown without user and password: an address of a controller or a run', () => {
    const { attributes: gathered } = eventOf(gathererEnd({ ciUrl: 'https://ada:hunter2@ci.acme.com/' })) ?? {}
    const { attributes: notified } =
      eventOf(notification({ full_url: 'https://ada:hunter2@ci.acme.com/job/a/1/' })) ?? {}
    expect([gathered?.['build.url'], gathered?.['build.ci.url'], notified?.['build.url']]).toEqual([
      'https://ci.acme.com/job/codertocat/job/hello-world/job/PR-2/3/',
      'https://ci.acme.com/',
      'https://ci.acme.com/job/a/1/',
    ])
    expect(JSON.stringify([gathered, notified])).not.toMatch(/hunter2|ada@/)
  })
})
