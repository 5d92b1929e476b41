import { createHmac } from 'node:crypto'
import { verify } from '../../lib/events/verify.ts'

/** The test vector of Standard Webhooks' own libraries. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const BODY = '{"test": 2432232314}'
const HEADERS = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const OTHER_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

const verified = (
  headers: Readonly<Record<string, string | undefined>>,
  body: string | Uint8Array = BODY,
  secrets: readonly string[] = [SECRET],
) => verify({ headers, query: {}, pathParameters: {}, body: Buffer.from(body) }, secrets)

/** Signs any bytes, as a sender without the library does. */
const signedBytes = (bytes: Uint8Array, id = HEADERS['webhook-id']) => {
  const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
  const mac = createHmac('sha256', key).update(`${id}.1614265330.`).update(bytes).digest('base64')
  return { ...HEADERS, 'webhook-id': id, 'webhook-signature': `v1,${mac}` }
}

const clock = (seconds: number) => jest.spyOn(Date, 'now').mockReturnValue(seconds * 1000)
beforeEach(() => {
  clock(1614265330)
})
afterEach(() => jest.restoreAllMocks())

const DIFFERS =
  "no signature fits: the sender's secret and EVENTS_WEBHOOK_SECRET differ, or the body was changed on its way"
const UNUSABLE = 'a secret in EVENTS_WEBHOOK_SECRET is not whsec_ and base64 after it: make it of 32 random bytes'
const MISTIMED =
  "the header webhook-timestamp is more than five minutes away: set the sender's clock, sign each attempt anew"

describe('verifying the signature of an event', () => {
  it("takes Standard Webhooks' test vector", () => {
    expect(verified(HEADERS)).toEqual({ kind: 'verified' })
  })

  it.each([
    ['a secret without its prefix', HEADERS, BODY, [SECRET.slice('whsec_'.length)]],
    ['a secret that is being rotated out', HEADERS, BODY, [OTHER_SECRET, SECRET]],
    ['a usable secret beside one that is none', HEADERS, BODY, ['whsec_!', SECRET]],
    [
      'one of several signatures, whatever the others are',
      { ...HEADERS, 'webhook-signature': `v1a,AAAA v1 v1, v1,AAAA= ${HEADERS['webhook-signature']}` },
      BODY,
      [SECRET],
    ],
    [
      'bytes of UTF-8 with a byte order mark',
      signedBytes(Buffer.from('\ufeff{"a":"Käse 🧀"}')),
      '\ufeff{"a":"Käse 🧀"}',
      [SECRET],
    ],
    ['an empty body, for which nothing is to be parsed', signedBytes(Buffer.from('')), '', [SECRET]],
    ['a body that is no JSON, since only its bytes are signed', signedBytes(Buffer.from('{')), '{', [SECRET]],
  ])('takes %s', (_what, headers, body, secrets) => {
    expect(verified(headers, body, secrets)).toEqual({ kind: 'verified' })
  })

  it.each([
    ['other bytes', HEADERS, `${BODY} `, [SECRET], DIFFERS],
    ['another id', { ...HEADERS, 'webhook-id': 'msg_2' }, BODY, [SECRET], DIFFERS],
    ['another time', { ...HEADERS, 'webhook-timestamp': '1614265331' }, BODY, [SECRET], DIFFERS],
    ['a byte order mark that was taken away', signedBytes(Buffer.from('\ufeff{}')), '{}', [SECRET], DIFFERS],
    ['another secret', HEADERS, BODY, [OTHER_SECRET], DIFFERS],
    ['no secret', HEADERS, BODY, [], DIFFERS],
    [
      'a signature of another length',
      { ...HEADERS, 'webhook-signature': `${HEADERS['webhook-signature']}=` },
      BODY,
      [SECRET],
      DIFFERS,
    ],
    [
      'a signature of another version',
      { ...HEADERS, 'webhook-signature': HEADERS['webhook-signature'].replace('v1', 'v2') },
      BODY,
      [SECRET],
      DIFFERS,
    ],
    ['a secret that is no base64', HEADERS, BODY, ['whsec_not base64!'], UNUSABLE],
    ['a secret that is empty', HEADERS, BODY, ['whsec_'], UNUSABLE],
    ['one secret that is no base64 and one that differs', HEADERS, BODY, ['whsec_!', OTHER_SECRET], UNUSABLE],
    [
      'no id',
      { ...HEADERS, 'webhook-id': undefined },
      BODY,
      [SECRET],
      'the header webhook-id is missing: sign as Standard Webhooks describes it',
    ],
    [
      'no time',
      { ...HEADERS, 'webhook-timestamp': '' },
      BODY,
      [SECRET],
      'the header webhook-timestamp is missing: sign as Standard Webhooks describes it',
    ],
    [
      'no signature',
      { ...HEADERS, 'webhook-signature': undefined },
      BODY,
      [SECRET],
      'the header webhook-signature is missing: sign as Standard Webhooks describes it',
    ],
    [
      'a time that is none',
      { ...HEADERS, 'webhook-timestamp': '1614265330s' },
      BODY,
      [SECRET],
      'the header webhook-timestamp is not a number of seconds',
    ],
    [
      'bytes that are not UTF-8, although their text is signed',
      signedBytes(Buffer.from('{"a":"\ufffd"}')),
      Buffer.from('{"a":"\xff"}', 'latin1'),
      [SECRET],
      'the body is not UTF-8',
    ],
  ])('refuses %s', (_what, headers, body, secrets, reason) => {
    expect(verified(headers, body, secrets)).toEqual({ kind: 'refused', reason })
  })

  it('refuses an id with a full stop, which could be the beginning of a body that was signed', () => {
    const signed = signedBytes(Buffer.from('1.1614265330.{}'), 'msg_1')
    const shifted = { ...signed, 'webhook-id': 'msg_1.1614265330.1' }
    expect(verified(shifted, '{}')).toEqual({
      kind: 'refused',
      reason: 'the header webhook-id must hold no full stop',
    })
  })

  it.each([
    [-301, MISTIMED],
    [301, MISTIMED],
  ])('refuses what is signed %i seconds away from now', (seconds, reason) => {
    clock(1614265330 + seconds)
    expect(verified(HEADERS)).toEqual({ kind: 'refused', reason })
  })

  it.each([-300, 300])('takes what is signed %i seconds away from now', (seconds) => {
    clock(1614265330 + seconds)
    expect(verified(HEADERS)).toEqual({ kind: 'verified' })
  })
})
