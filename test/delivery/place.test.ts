import { commitKey, pullRequestKey } from '../../lib/delivery/activity.ts'
import { decide } from '../../lib/delivery/decide.ts'
import { NOTHING_KNOWN } from '../../lib/delivery/explain.ts'
import { placeOf } from '../../lib/delivery/place.ts'
import { CLOSED_MILLIS, opened, SHOP } from '../support/events.ts'

describe('the place in the mainline', () => {
  const place = (event: Parameters<typeof decide>[2]) => placeOf(decide(undefined, NOTHING_KNOWN, event).context)

  it('of a merged pull request is the time of its merge', () => {
    const key = pullRequestKey(SHOP, 3)
    const landed = { sha: 'abc', atMillis: CLOSED_MILLIS }
    expect(place({ ...opened, key, operation: 'pull_request', landed })).toMatchObject({
      repository: 'github.com/acme/shop',
      entry: { kind: 'landing', key, atMillis: CLOSED_MILLIS, sha: 'abc', spanId: expect.any(String) },
    })
  })

  it('of a push is that of the pull request that it belongs to', () => {
    const landed = { sha: 'abc', atMillis: CLOSED_MILLIS }
    const { context } = decide(undefined, NOTHING_KNOWN, {
      ...opened,
      key: commitKey(SHOP, 'abc'),
      operation: 'commit',
      landed,
    })
    const parent = {
      via: 'x',
      key: pullRequestKey(SHOP, 3),
      traceId: 't',
      spanId: 's',
      reason: 'pull_request_number',
    } as const
    const entry = { kind: 'landing', key: commitKey(SHOP, 'abc'), atMillis: CLOSED_MILLIS, sha: 'abc' }
    const { traceId } = context
    expect(placeOf(context)?.entry).toEqual({ ...entry, traceId })
    expect(placeOf({ ...context, parent })?.entry).toEqual({ ...entry, traceId, spanId: 's', pull: parent.key })
    expect(placeOf({ ...context, parent: { ...parent, key: 'issue:x#1' } })?.entry).toEqual({ ...entry, traceId })
  })

  it('of a deploy is its start, and none where no repository is known', () => {
    const about = {
      'vcs.repository.url.full': 'https://GitHub.com/Acme/Shop',
      'vcs.owner.name': 'Acme',
      'vcs.repository.name': 'Shop',
      'scm.head.sha': 'ABC',
      'build.parameter.env': 'production',
    } as const
    const event = { ...opened, key: 'run:https://ci/job/x/1/', operation: 'deploy', attributes: about }
    expect(place(event)).toEqual({
      repository: 'github.com/acme/shop',
      entry: {
        kind: 'deployment',
        key: event.key,
        atMillis: opened.opened.atMillis,
        environment: 'production',
        sha: 'abc',
        succeeded: false,
      },
    })
    expect(place({ ...event, attributes: {} })).toBeUndefined()
    expect(place({ ...event, operation: 'build' })).toBeUndefined()
  })
})
