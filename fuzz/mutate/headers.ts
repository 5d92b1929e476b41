import type { Random } from '../../demo/history/random.ts'
import { CANARY } from '../canary.ts'

/** Headers that prove nothing; one that is undefined is left out. */
export type Headers = Readonly<Record<string, string | undefined>>

const EVENTS = [
  'issues',
  'pull_request',
  'push',
  'status',
  'ping',
  'repository',
  'workflow_run',
  'deployment_status',
] as const

/** What may be done to the headers beside the proof. */
const OPERATIONS: Readonly<Record<string, (random: Random) => Headers>> = {
  'no event': () => ({ 'x-github-event': undefined }),
  'an empty event': () => ({ 'x-github-event': '' }),
  'another event': (random) => ({ 'x-github-event': random.pick(EVENTS) }),
  'two events, joined': () => ({ 'x-github-event': 'issues,pull_request' }),
  'an event in upper case': () => ({ 'x-github-event': 'ISSUES' }),
  'a word of the prototype': (random) => ({ 'x-github-event': random.pick(['__proto__', 'constructor', 'toString']) }),
  'a hostile event': () => ({ 'x-github-event': `<${CANARY}>\r\nx: y` }),
  'a huge event': () => ({ 'x-github-event': 'a'.repeat(1_000_000) }),
  'no content type': () => ({ 'content-type': undefined }),
  'an odd content type': (random) => ({
    'content-type': random.pick([
      'text/plain',
      'application/xml',
      'multipart/form-data; boundary=x',
      'x',
      '',
      'application/json; charset=utf-16',
    ]),
  }),
  'a form by its content type': () => ({ 'content-type': 'APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8' }),
  'two content types, joined': () => ({ 'content-type': 'application/json,application/x-www-form-urlencoded' }),
  'an encoding': (random) => ({ 'content-encoding': random.pick(['gzip', 'br', 'deflate', 'identity']) }),
  'a hostile delivery': () => ({ 'x-github-delivery': `<script>${CANARY}</script>` }),
  'a huge delivery': () => ({ 'x-github-delivery': 'a'.repeat(1_000_000) }),
  'no delivery': () => ({ 'x-github-delivery': undefined }),
  'words of the prototype': () => ({
    constructor: CANARY,
    prototype: CANARY,
    ['__proto__']: CANARY,
    hasOwnProperty: CANARY,
  }),
  'not ASCII': () => ({ 'user-agent': '\u00fc\ud83d\u0000\n', 'x-github-hook-id': '\uff11' }),
  many: () => Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`x-${at}`, CANARY])),
  huge: () => ({ 'user-agent': 'a'.repeat(1_000_000) }),
  'a method': () => ({ 'x-http-method-override': 'GET' }),
}
const NAMES = Object.keys(OPERATIONS) as [string, ...string[]]

export const mutateHeaders = (random: Random): { readonly name: string; readonly headers: Headers } => {
  const name = random.pick(NAMES)
  return { name, headers: OPERATIONS[name]?.(random) ?? {} }
}
