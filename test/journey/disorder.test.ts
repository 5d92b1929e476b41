import { issuesPayload } from '../payloads/github.ts'
import { gathererEnd, gathererStart, notification } from '../payloads/jenkins.ts'
import { activityOf, openSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(() => system.close())
beforeEach(() => {
  system.backend.spans.length = 0
})

const closedAt = (time: string) => ({ state: 'closed', closed_at: time, updated_at: time, state_reason: 'completed' })
const short = () =>
  system.backend.spans.map(({ name, startMillis, endMillis, attributes }) => ({
    name,
    seconds: (endMillis - startMillis) / 1000,
    deployType: attributes['build.parameter.deploy_type'],
    correction: attributes['valuestream.correction'],
  }))
const run = (number: number) => ({ number, buildUrl: `job/shop/${number}/`, fullJobName: 'shop', scmInfo: {} })

describe('whatever the order and the number of deliveries', () => {
  it('makes a whole span of a finish without a start', async () => {
    await system.jenkins(gathererEnd(run(1)))
    expect(short()).toEqual([{ name: 'build', seconds: 300, deployType: undefined, correction: undefined }])
    expect(system.backend.spans[0]?.startMillis).toBe(1_557_933_700_000)
  })

  it('makes one span of a finish that is delivered twice', async () => {
    await system.github('issues', issuesPayload('closed', { number: 2, ...closedAt('2019-05-16T10:00:00Z') }))
    await system.github('issues', issuesPayload('closed', { number: 2, ...closedAt('2019-05-16T10:00:00Z') }))
    expect(short()).toHaveLength(1)
  })

  it('makes one span of fifty deliveries of the same finish at once', async () => {
    const payload = issuesPayload('closed', { number: 3, ...closedAt('2019-05-16T10:00:00Z') })
    const answers = await Promise.all(Array.from({ length: 50 }, () => system.github('issues', payload)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202))
    expect(new Set(answers.map((answer) => activityOf(answer).traceparent)).size).toBe(1)
    expect(short()).toHaveLength(1)
  })

  it('sends nothing more when the opening of an issue comes after its close', async () => {
    await system.github('issues', issuesPayload('closed', { number: 4, ...closedAt('2019-05-16T10:00:00Z') }))
    await system.github('issues', issuesPayload('opened', { number: 4 }))
    expect(short()).toHaveLength(1)
  })

  it('corrects a run under the same ids when its start, which alone has the parameters, comes after its end', async () => {
    const start = gathererStart({ ...run(5), parameters: { type: 'deploy', deploy_type: 'ami' } })
    await system.jenkins(gathererEnd(run(5)))
    await system.jenkins(start)
    await system.jenkins(start)
    expect(short()).toEqual([
      { name: 'build', seconds: 300, deployType: undefined, correction: undefined },
      { name: 'deploy', seconds: 300, deployType: 'ami', correction: 1 },
    ])
    expect(new Set(system.backend.spans.map(({ traceId, spanId }) => traceId + spanId)).size).toBe(1)
  })

  it('keeps the end of a run where COMPLETED has set it when FINALIZED repeats it', async () => {
    const at = { full_url: 'https://ci.acme.com/job/shop/6/', number: 6, status: 'SUCCESS', duration: 300_000 }
    await system.jenkins(notification({ ...at, phase: 'STARTED', status: undefined, duration: 0 }))
    await system.jenkins(notification({ ...at, phase: 'COMPLETED', timestamp: 1_557_934_000_000 }))
    await system.jenkins(notification({ ...at, phase: 'FINALIZED', timestamp: 1_557_934_009_000 }))
    expect(short()).toEqual([{ name: 'build', seconds: 300, deployType: undefined, correction: undefined }])
  })

  it('makes an episode of each opening of an issue, linked to the one before', async () => {
    const number = 7
    const send = (action: string, issue: object) => system.github('issues', issuesPayload(action, { number, ...issue }))
    await send('opened', {})
    await send('closed', closedAt('2019-05-16T10:00:00Z'))
    await send('reopened', { state: 'open', updated_at: '2019-05-17T10:00:00Z' })
    const answer = await send('closed', closedAt('2019-05-18T10:00:00Z'))
    expect(
      system.backend.spans.map(({ startMillis, endMillis, attributes, links }) => ({
        startMillis,
        endMillis,
        episode: attributes['valuestream.episode'],
        closedMillis: attributes['valuestream.closed_millis'],
        links: links.map(({ spanId, reason }) => [spanId, reason]),
      })),
    ).toEqual([
      {
        startMillis: Date.UTC(2019, 4, 15, 15, 20, 18),
        endMillis: Date.UTC(2019, 4, 16, 10),
        episode: 1,
        closedMillis: undefined,
        links: [],
      },
      {
        startMillis: Date.UTC(2019, 4, 17, 10),
        endMillis: Date.UTC(2019, 4, 18, 10),
        episode: 2,
        closedMillis: 24 * 3600 * 1000,
        links: [[system.backend.spans[0]?.spanId, 'reopened']],
      },
    ])
    expect(activityOf(answer).spanId).toBe(system.backend.spans[1]?.spanId)
  })

  it('corrects the first episode when the second close has overtaken the first and the reopening', async () => {
    const number = 8
    const send = (action: string, issue: object) => system.github('issues', issuesPayload(action, { number, ...issue }))
    await send('closed', closedAt('2019-05-18T10:00:00Z'))
    await send('closed', closedAt('2019-05-16T10:00:00Z'))
    await send('reopened', { state: 'open', updated_at: '2019-05-17T10:00:00Z' })
    const [premature, corrected, second] = system.backend.spans
    expect(system.backend.spans.map(({ endMillis }) => new Date(endMillis).toISOString())).toEqual([
      '2019-05-18T10:00:00.000Z',
      '2019-05-16T10:00:00.000Z',
      '2019-05-18T10:00:00.000Z',
    ])
    expect(corrected?.spanId).toBe(premature?.spanId)
    expect(corrected?.attributes['valuestream.correction']).toBe(1)
    expect([second?.attributes['valuestream.episode'], second?.attributes['valuestream.correction']]).toEqual([
      2,
      undefined,
    ])
  })
})
