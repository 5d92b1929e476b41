import { createHmac } from 'node:crypto'
import type { Random } from '../../demo/history/random.ts'
import { SECRETS } from '../canary.ts'
import type { Door } from '../corpus.ts'

/** What proves who has sent a body: headers, and for Jenkins where else a token may stand. */
export interface Proof {
  readonly name: string
  /** Whether the functions have to take it. */
  readonly genuine: boolean
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly path?: string
}

/** A proof that holds four times in five, so that what lies behind it is reached; the others must be refused. */
export const proofOf = (random: Random, door: Door, body: Uint8Array, nowMillis: number): Proof => {
  switch (door) {
    case 'queue':
      return { name: 'by the topic', genuine: true }
    case 'github':
      return random.chance(0.8) ? githubProof(random, body) : githubForgery(random, body)
    case 'jenkins':
      return random.chance(0.8) ? jenkinsProof(random) : jenkinsForgery(random)
    case 'events':
      return random.chance(0.8) ? eventsProof(random, body, nowMillis) : eventsForgery(random, body, nowMillis)
  }
}

const GITHUB = 'x-hub-signature-256'
const hmac = (body: Uint8Array, secret: string, algorithm = 'sha256'): string =>
  createHmac(algorithm, secret).update(body).digest('hex')

const githubProof = (random: Random, body: Uint8Array): Proof => {
  const [secret, former] = SECRETS.github
  const headers: Readonly<Record<string, Record<string, string>>> = {
    'as it should be': { [GITHUB]: `sha256=${hmac(body, secret)}` },
    'by the other secret': { [GITHUB]: `sha256=${hmac(body, former)}` },
    'in upper case': { [GITHUB]: `sha256=${hmac(body, secret).toUpperCase()}` },
    'under a name in upper case': { [GITHUB.toUpperCase()]: `sha256=${hmac(body, secret)}` },
    'with SHA-1 beside it': { [GITHUB]: `sha256=${hmac(body, secret)}`, 'x-hub-signature': `sha1=${'0'.repeat(40)}` },
  }
  const name = random.pick(Object.keys(headers) as [string, ...string[]])
  return { name, genuine: true, headers: headers[name] ?? {} }
}

const githubForgery = (random: Random, body: Uint8Array): Proof => {
  const [secret] = SECRETS.github
  const good = hmac(body, secret)
  const values: Readonly<Record<string, string | undefined>> = {
    'no signature': undefined,
    'an empty signature': '',
    'SHA-1': `sha1=${hmac(body, secret, 'sha1')}`,
    'SHA-512': `sha512=${hmac(body, secret, 'sha512')}`,
    'another algorithm by name': `md5=${good}`,
    'no algorithm': good,
    truncated: `sha256=${good.slice(0, 32)}`,
    'too long': `sha256=${good}00`,
    'of one digit less': `sha256=${good.slice(1)}`,
    'another secret': `sha256=${hmac(body, 'guessed')}`,
    'no secret': `sha256=${hmac(body, '')}`,
    'both secrets': `sha256=${hmac(body, SECRETS.github.join(','))}`,
    'another body': `sha256=${hmac(Buffer.from('{}'), secret)}`,
    'a blank before': ` sha256=${good}`,
    'a blank behind': `sha256=${good} `,
    'a line behind': `sha256=${good}\n`,
    'twice, joined': `sha256=${good},sha256=${good}`,
    'a forgery first, joined': `sha256=${'0'.repeat(64)}, sha256=${good}`,
    'in base64': `sha256=${Buffer.from(good, 'hex').toString('base64')}`,
    'of wide digits': `sha256=${good.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))}`,
    zeros: `sha256=${'0'.repeat(64)}`,
    huge: `sha256=${'a'.repeat(1_000_000)}`,
  }
  return forged(random, values, GITHUB)
}

const forged = (random: Random, values: Readonly<Record<string, string | undefined>>, header: string): Proof => {
  const name = random.pick(Object.keys(values) as [string, ...string[]])
  const value = values[name]
  return { name, genuine: false, headers: value === undefined ? {} : { [header]: value } }
}

const basic = (pair: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
})

const jenkinsProof = (random: Random): Proof => {
  const [token, former] = SECRETS.jenkins
  const proofs: readonly [Proof, ...Proof[]] = [
    { name: 'in the query', genuine: true, query: { token } },
    { name: 'in the path', genuine: true, path: token },
    { name: 'as Basic', genuine: true, headers: basic(`jenkins:${token}`) },
    { name: 'as Bearer', genuine: true, headers: { Authorization: `bearer ${token}` } },
    { name: 'the other one', genuine: true, query: { token: former } },
    { name: 'beside a wrong one', genuine: true, query: { token: 'wrong' }, path: token },
  ]
  return random.pick(proofs)
}

const jenkinsForgery = (random: Random): Proof => {
  const [token, former] = SECRETS.jenkins
  const proofs: readonly [Proof, ...Proof[]] = [
    { name: 'no token', genuine: false },
    { name: 'an empty token', genuine: false, query: { token: '' } },
    { name: 'another token', genuine: false, query: { token: 'guessed' } },
    { name: 'truncated', genuine: false, query: { token: token.slice(0, -1) } },
    { name: 'in upper case', genuine: false, query: { token: token.toUpperCase() } },
    { name: 'both tokens', genuine: false, query: { token: `${token},${former}` } },
    { name: 'a blank behind', genuine: false, query: { token: `${token} ` } },
    { name: 'a zero behind', genuine: false, path: `${token}\u0000` },
    { name: 'huge', genuine: false, query: { token: 'a'.repeat(1_000_000) } },
    { name: 'as the user', genuine: false, headers: basic(token) },
    { name: 'as the user with a password', genuine: false, headers: basic(`${token}:x`) },
    { name: 'as Digest', genuine: false, headers: { authorization: `Digest ${token}` } },
    { name: 'Basic of garbage', genuine: false, headers: { authorization: 'Basic ****' } },
    { name: 'without a scheme', genuine: false, headers: { authorization: token } },
    { name: 'in another parameter', genuine: false, query: { Token: token, ['__proto__']: token } },
    { name: 'in a header of its own', genuine: false, headers: { token } },
  ]
  return random.pick(proofs)
}

const ID = 'msg_fuzz'

/** As Standard Webhooks has it, over bytes: the library would take text alone. */
export const signEvent = (body: Uint8Array, secret: string, seconds: number, id = ID): Record<string, string> => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const mac = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${mac}` }
}

const eventsProof = (random: Random, body: Uint8Array, nowMillis: number): Proof => {
  const seconds = Math.floor(nowMillis / 1000)
  const [secret, former] = SECRETS.events
  const good = signEvent(body, secret, seconds)
  const proofs: readonly [Proof, ...Proof[]] = [
    { name: 'as it should be', genuine: true, headers: good },
    { name: 'by the other secret', genuine: true, headers: signEvent(body, former, seconds) },
    { name: 'a minute ago', genuine: true, headers: signEvent(body, secret, seconds - 60) },
    {
      name: 'one of several',
      genuine: true,
      headers: { ...good, 'webhook-signature': `v1a,AAAA v1 v1, v1,AA ${good['webhook-signature']}` },
    },
  ]
  return random.pick(proofs)
}

const eventsForgery = (random: Random, body: Uint8Array, nowMillis: number): Proof => {
  const seconds = Math.floor(nowMillis / 1000)
  const [secret] = SECRETS.events
  const good = signEvent(body, secret, seconds)
  const signature = good['webhook-signature'] ?? ''
  const headers: Readonly<Record<string, Record<string, string>>> = {
    'no headers': {},
    'no id': { ...good, 'webhook-id': '' },
    'no signature': { ...good, 'webhook-signature': '' },
    'an hour ago': signEvent(body, secret, seconds - 3600),
    'in an hour': signEvent(body, secret, seconds + 3600),
    'a time of nothing': { ...good, 'webhook-timestamp': 'NaN' },
    'another time': { ...good, 'webhook-timestamp': String(seconds - 1) },
    'another id': { ...good, 'webhook-id': 'msg_other' },
    'an id with a full stop': { ...good, 'webhook-id': `${ID}.${seconds}` },
    'another secret': signEvent(body, 'whsec_Z3Vlc3NlZA==', seconds),
    'another body': signEvent(Buffer.from('{}'), secret, seconds),
    'another version': { ...good, 'webhook-signature': signature.replace('v1', 'v2') },
    truncated: { ...good, 'webhook-signature': signature.slice(0, 20) },
    'many wrong ones': { ...good, 'webhook-signature': 'v1,AAAA '.repeat(1_000) },
    'joined by a comma': { ...good, 'webhook-signature': `v1,AAAA,${signature}` },
    'the secret as text': signEvent(body, `whsec_${Buffer.from(secret).toString('base64')}`, seconds),
  }
  const name = random.pick(Object.keys(headers) as [string, ...string[]])
  return { name, genuine: false, headers: headers[name] ?? {} }
}
