import fc from 'fast-check'
import { issueKey, pullRequestKey, repository, runKey } from '../../lib/delivery/activity.ts'
import {
  canonicalJson,
  fingerprintOf,
  isEqual,
  spanIdOf,
  traceIdOf,
  traceparentOf,
} from '../../lib/delivery/identity.ts'

describe('identity', () => {
  it('is the same whatever the case in which a repository is written', () => {
    const shop = repository('GitHub.com', 'Acme', 'Shop')
    expect(issueKey(shop, 12)).toBe('issue:github.com/acme/shop#12')
    expect(pullRequestKey(shop, 34)).toBe('pull_request:github.com/acme/shop#34')
  })

  it.each([
    'https://ci.acme.com/job/shop/3/',
    'https://CI.acme.com/job/shop/3',
    'https://ci.acme.com:443/job/shop/3/display/redirect',
    'https://ci.acme.com/job/shop/3/display/redirect?page=changes',
  ])('of a run is the same when it is called %s', (address) => {
    expect(runKey(address)).toBe('run:https://ci.acme.com/job/shop/3/')
  })

  it('keeps the encoding in which Jenkins writes the name of a branch', () => {
    expect(runKey('https://ci.acme.com/job/shop/job/feature%252Fx/3/')).toBe(
      'run:https://ci.acme.com/job/shop/job/feature%252Fx/3/',
    )
  })

  // First digits of the SHA-256, by sha256sum, of 'trace\n…' and of 'span\n…\n1'.
  it('derives ids that never change', () => {
    const key = 'issue:github.com/codertocat/hello-world#1'
    expect(traceIdOf(key)).toBe('f17e1580dd4a5d11482c6190c45e2a61')
    expect(spanIdOf(key, 1)).toBe('fd65c08e67e0e500')
    expect(spanIdOf(key, 2)).not.toBe(spanIdOf(key, 1))
    expect(traceparentOf(traceIdOf(key), spanIdOf(key, 1))).toBe(
      '00-f17e1580dd4a5d11482c6190c45e2a61-fd65c08e67e0e500-01',
    )
  })

  it('takes two values for the same whatever the order of their keys', () => {
    expect(canonicalJson({ b: [2, { d: 1, c: undefined }], a: 'x' })).toBe('{"a":"x","b":[2,{"d":1}]}')
    expect(fingerprintOf({ a: 1, b: 2 })).toBe(fingerprintOf({ b: 2, a: 1 }))
    expect(fingerprintOf({ a: [1, 2] })).not.toBe(fingerprintOf({ a: [2, 1] }))
  })

  it('says of any two values whether they are the same without writing them out', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(undefined, null, 0, -0, 1, Number.NaN, '', 'a', '1', true, false),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'toString'), tie('any')),
      ),
    })).any
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(isEqual(a, b)).toBe(canonicalJson(a) === canonicalJson(b))
        expect(isEqual(a, structuredClone(a))).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })
})
