import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { signer } from '../../lib/aws/signature.ts'

type Data = string | ArrayBuffer | ArrayBufferView

const bytesOf = (data: Data): Uint8Array => {
  if (typeof data === 'string') return Buffer.from(data)
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
}

/** What the SDK's signer wants of a hash, by Node's own. */
class Sha256 {
  readonly #hash
  constructor(secret?: Data) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }
  update(data: Data): void {
    this.#hash.update(bytesOf(data))
  }
  async digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest())
  }
  reset(): void {}
}

const word = fc.stringMatching(/^[A-Za-z0-9+/=]{1,40}$/)
const request = fc.record({
  region: fc.constantFrom('us-east-1', 'eu-central-1'),
  service: fc.constantFrom('dynamodb', 'ssm'),
  body: fc.string({ unit: 'grapheme' }),
  target: fc.stringMatching(/^[A-Za-z0-9_.]{1,40}$/),
  credentials: fc.record(
    { accessKeyId: word, secretAccessKey: word, sessionToken: word },
    { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
  ),
  nowMillis: fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) }),
})

it("signs what the SDK's own signer signs", async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ region, service, body, target, credentials, nowMillis }) => {
      const host = `${service}.${region}.amazonaws.com`
      const headers = { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target }
      const reference = new SignatureV4({ region, service, credentials, sha256: Sha256, applyChecksum: false })
      const expected = await reference.sign(
        { method: 'POST', protocol: 'https:', hostname: host, path: '/', headers, body },
        { signingDate: new Date(nowMillis) },
      )
      expect(signer({ region, service })({ headers, body }, credentials, nowMillis)).toEqual(expected.headers)
    }),
  )
})

it('derives a new key for a new day and for a new secret', () => {
  const sign = signer({ region: 'us-east-1', service: 'dynamodb' })
  const fresh = () => signer({ region: 'us-east-1', service: 'dynamodb' })
  const unsigned = { headers: { host: 'h' }, body: '' }
  const [one, two] = [
    { accessKeyId: 'a', secretAccessKey: 'b' },
    { accessKeyId: 'a', secretAccessKey: 'c' },
  ]
  const day = 24 * 3_600_000
  const calls = [[one, day] as const, [one, 2 * day] as const, [two, 2 * day] as const]
  expect(calls.map(([credentials, at]) => sign(unsigned, credentials, at))).toEqual(
    calls.map(([credentials, at]) => fresh()(unsigned, credentials, at)),
  )
})
