import { refusalsText } from '../../cli/undeliverable/list.ts'
import { retriedText } from '../../cli/undeliverable/retry.ts'
import { issueKey } from '../../lib/delivery/activity.ts'
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/table.ts'
import { release } from '../payloads/events.ts'
import { activityOf, openSystem, type System } from '../support/system.ts'
import { runCli } from './run-cli.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(() => system.close())

const run = (...args: readonly string[]) =>
  runCli(['undeliverable', ...args], {
    TABLE_NAME: system.table.tableName,
    AWS_ENDPOINT_URL_DYNAMODB: system.table.endpoint,
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  })

describe('npx valuestream undeliverable', () => {
  it('lists what the backend has refused, and has the sweep send it once more', async () => {
    expect(await run('list')).toEqual({ code: 0, out: 'The backend has refused nothing for good.\n', err: '' })
    system.backend.respondWith({ status: 400 })
    const { key } = activityOf(await system.events(release({ id: 'ios-1' })))
    await system.events(release({ id: 'ios-2' }))
    await system.sweep(2)
    await system.events(release({ id: 'ios-3', status: 'started' }))

    const listed = await run('list', '--json')
    expect(JSON.parse(listed.out)).toMatchObject({
      spans: 2,
      activities: expect.arrayContaining([
        { key, spans: 1, message: 'the backend answered 400', writtenMillis: expect.any(Number) },
      ]),
    })

    system.backend.respondWith({ status: 200, body: '{}' })
    const retried = await run('retry', '--key', String(key))
    expect(retried).toEqual({
      code: 0,
      out: '1 span of 1 activity wait in the outbox again; the sweep sends them within two minutes.\n',
      err: '',
    })
    const before = system.backend.spans.length
    expect(await system.sweep(2)).toMatchObject({ exported: 1 })
    expect(system.backend.spans.slice(before).map(({ attributes }) => attributes['event.id'])).toEqual(['ios-1'])

    const [all, again] = [await run('retry', '--all', '--json'), await run('retry', '--key', String(key))]
    expect(JSON.parse(all.out)).toMatchObject({ spans: 1, activities: [expect.stringContaining('ios-2')] })
    expect([again.code, again.out]).toEqual([
      1,
      `Nothing is sent again.\nNothing of ${key} was refused: npx valuestream undeliverable list tells what was.\n`,
    ])
  })

  it('takes either keys or all', async () => {
    const [neither, both] = [await run('retry'), await run('retry', '--all', '--key', 'x')]
    expect([neither.code, both.code]).toEqual([2, 2])
  })

  it('says what to do where the table cannot be read', async () => {
    const missing = await run('list', '--table', 'nobodys')
    expect([missing.code, missing.out]).toEqual([1, ''])
    expect(missing.err).toContain('The table nobodys cannot be used.')
  })
})

test('is told by what the backend said, the youngest first', () => {
  const shop = { host: 'github.com', owner: 'acme', name: 'shop' }
  const of = (number: number, spans: number, message: string, writtenMillis: number) => ({
    ...{ key: issueKey(shop, number), spans, message, writtenMillis },
  })
  const activities = [of(3, 2, 'too old', 3_600_000), of(2, 1, 'no', 1_800_000), of(1, 1, 'too old', 0)]
  expect(refusalsText({ activities, spans: 4 }, 7_200_000, ' --stage prod').split('\n')).toEqual([
    '4 spans were refused for good, of 3 activities:',
    '',
    'too old (2)',
    '  issue:github.com/acme/shop#3  1 h ago, 2 spans',
    '  issue:github.com/acme/shop#1  2 h ago',
    '',
    'no (1)',
    '  issue:github.com/acme/shop#2  1 h 30 min ago',
    '',
    'To send them once more: npx valuestream undeliverable retry --stage prod --all, or --key with one of them.',
  ])
  expect(
    retriedText({ spans: 2, activities: ['a'], nothing: ['c'], busy: ['b'] }, ' --stage prod').split('\n'),
  ).toEqual([
    '2 spans of 1 activity wait in the outbox again; the sweep sends them within two minutes.',
    'Nothing of c was refused: npx valuestream undeliverable list --stage prod tells what was.',
    'b was written to all the time: try again.',
  ])
})
