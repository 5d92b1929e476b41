import fc from 'fast-check'
import { verify } from '../../lib/github/verify.ts'
import { sign } from '../payloads/github.ts'

const request = (body: string | Uint8Array, signature?: string) => ({
  headers: signature === undefined ? {} : { 'x-hub-signature-256': signature },
  query: {},
  pathParameters: {},
  body: Buffer.from(body),
})

describe("verifying GitHub's signature", () => {
  it("takes GitHub's own test vector", () => {
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
    expect(verify(request('Hello, World!', signature), ["It's a Secret to Everybody"])).toEqual({ kind: 'verified' })
  })

  it('takes what any of several secrets has signed', () => {
    expect(verify(request('{}', sign('{}', 'old')), ['new', 'old'])).toEqual({ kind: 'verified' })
  })

  it('takes no body other than the one that was signed, byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (body, at, flip) => {
        const changed = body.map((byte, index) => (index === at % body.length ? byte ^ flip : byte))
        expect(verify(request(body, sign(body, 's')), ['s']).kind).toBe('verified')
        expect(verify(request(changed, sign(body, 's')), ['s']).kind).toBe('refused')
      }),
    )
  })

  it.each([
    ['no header', undefined, "the header x-hub-signature-256 is missing: set the webhook's secret"],
    ['SHA-1', `sha1=${'0'.repeat(40)}`, 'the header x-hub-signature-256 is not sha256= and 64 hex digits'],
    [
      'two of them, as API Gateway joins them',
      `${sign('{}', 'secret')},${sign('{}', 'secret')}`,
      'the header x-hub-signature-256 is not sha256= and 64 hex digits',
    ],
    [
      'one with a line behind it',
      `${sign('{}', 'secret')}\n`,
      'the header x-hub-signature-256 is not sha256= and 64 hex digits',
    ],
    [
      'digits that are not ASCII',
      `sha256=${'\uff11'.repeat(64)}`,
      'the header x-hub-signature-256 is not sha256= and 64 hex digits',
    ],
    ['too few digits', 'sha256=abcd', 'the header x-hub-signature-256 is not sha256= and 64 hex digits'],
    [
      'another secret',
      sign('{}', 'other'),
      "the signature does not fit: the webhook's secret and GITHUB_WEBHOOK_SECRET differ",
    ],
  ])('refuses %s and says why', (_what, signature, reason) => {
    expect(verify(request('{}', signature), ['secret'])).toEqual({ kind: 'refused', reason })
  })
})
