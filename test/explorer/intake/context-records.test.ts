import { contextRecords } from '../../../explorer/intake/context-records.ts'
import { commitKey } from '../../../lib/delivery/activity.ts'
import { contextOf, event, KEY, START, shop } from './contexts.ts'

describe('an activity becomes', () => {
  it('an open span with what is known by now while it is under way, and its end when it has ended', () => {
    const open = contextRecords(contextOf(event('started', START), event('updated', START + 5)))
    expect(open).toEqual([
      {
        origin: 'stored',
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
        operation: 'issue',
        service: 'github',
        startMillis: START,
        isError: false,
        attributes: {
          service: 'github',
          'issue.title': 'as of 5',
          'valuestream.activity.key': KEY,
          'valuestream.episode': 1,
        },
        resource: { 'service.name': 'github' },
        links: [],
        events: [],
      },
    ])
    const [finished, ...more] = contextRecords(contextOf(event('started', START), event('finished', START + 9)))
    expect([finished?.spanId, finished?.endMillis, finished?.attributes['valuestream.result'], more]).toEqual([
      open[0]?.spanId,
      START + 9,
      'success',
      [],
    ])
  })

  it('a span for each episode, the last one open where it was reopened', () => {
    const records = contextRecords(
      contextOf(event('started', START), event('finished', START + 9), event('reopened', START + 20)),
    )
    expect(records.map(({ startMillis, endMillis }) => [startMillis - START, endMillis && endMillis - START])).toEqual([
      [0, 9],
      [20, undefined],
    ])
  })

  it('none where it is kept only for others to be found by', () => {
    const key = commitKey(shop, 'a'.repeat(40))
    expect(contextRecords(contextOf(event('updated', START, { key, operation: 'commit' })))).toEqual([])
  })
})
