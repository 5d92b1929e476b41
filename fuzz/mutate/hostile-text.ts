import type { Random } from '../../demo/history/random.ts'
import { CANARY } from '../canary.ts'

/** A text that somebody who may write an issue, a branch or a parameter would try; `length` is about how long it gets. */
type Hostile = (length: number) => string

const filled =
  (before: string, piece: string, after = ''): Hostile =>
  (length) =>
    before + piece.repeat(Math.max(1, Math.floor(length / piece.length))) + after

/**
 * The worst cases of every regular expression that sees outside text, each named by what it is aimed at: runs that nearly
 * fit, over and over, and fail at their end; and texts that fit as often as they can.
 */
export const HOSTILE_TEXTS: Readonly<Record<string, Hostile>> = {
  'closing keywords that fit': filled('', 'closes #1 '),
  'closing keywords of other repositories': filled('', 'fixes a/b#1 fixes https://github.com/a/b/issues/2 '),
  'closing keywords that nearly fit': filled('', `closes ${'a'.repeat(39)}/${'b'.repeat(100)} `),
  'closing keywords with blanks': filled('', `fix:${' '.repeat(8)}`),
  'keyword with a host that has no end': filled('closes https://', 'a.'),
  'word that begins with keywords': filled('', 'fixfixes'),
  'markers that fit': filled('', 'vstrace-github-issue-acme/shop-12 '),
  'markers of many numbers': filled('vstrace-github-issue-', '1-'),
  'markers that nearly fit': filled('', `vstrace-github-pull_request-${'-'.repeat(120)}`),
  'marker without an end': filled('vstrace-github-issue-acme/', 'shop-'),
  'comments that open': filled('', '<!--'),
  'comments that close': filled('', '<!-- -->'),
  fences: filled('', '```\n'),
  'fences of growing length': (length) =>
    Array.from({ length: Math.floor(Math.sqrt(length * 2)) }, (_, at) => '`'.repeat(at + 3)).join('\n'),
  'a fence without an end': filled('```\n', '~~~~ '),
  'backticks that pair': filled('', '`a` '),
  'backticks of growing length': (length) =>
    Array.from({ length: Math.floor(Math.sqrt(length * 2)) }, (_, at) => '`'.repeat(at + 1)).join(' '),
  backticks: filled('', '`'),
  "a run's address that nearly fits": filled('https://ci.acme.com', '/job/job', '/x/1/'),
  "a run's address that has no number": filled('https://ci.acme.com/', 'job/a/', '\u0000/1x'),
  "a job's address": filled('https://ci.acme.com', '/job/a/1', '/'),
  'addresses of Blue Ocean': filled('https://ci.acme.com', '/blue/organizations/jenkins/a/detail/a', '/1/pipeline'),
  'Blue Ocean folders': filled('https://ci.acme.com/blue/organizations/jenkins/', 'a%2F', '/detail/a/1/pipeline'),
  'an address of percent signs': filled('https://ci.acme.com/job/', '%25'),
  'odd percent escapes': filled('job/%', '%zz%u0041%', '/job/x'),
  'a path of jobs': filled('', 'job/a/'),
  'a path of slashes': filled('https://github.com', '/'),
  'an API address': filled('https://api.github.com', '/repos', '/a/b/issues/1'),
  'an address of an IPv6 host': filled('https://[', ':', ']/'),
  'an address of hyphens': filled('https://xn--', '-'),
  'an address with a password': () => `https://user:${CANARY}@ci.acme.com/job/a/1/`,
  'an upstream cause': filled('Started by upstream project "', 'a/', '" build number 1'),
  'an upstream cause that has no end': filled('Started by upstream project "', '"'),
  'an upstream cause with half a character': () => 'Started by upstream project "a\ud800" build number 1',
  'a checkout address': filled('git@github.com:', 'a/', '.git'),
  'a checkout address of dots': filled('', '.git/'),
  'a branch of remotes': filled('refs/remotes/', 'origin/'),
  'a branch of digits': filled('', '1'),
  'a branch of dots': filled('', 'a.-_', '/1'),
  'a branch with numbers': () => '12-fix-it',
  hyphens: filled('', '-'),
  'a slug of hyphens': filled('https://a.b/', '-._', '\u0000'),
  deploys: filled('', 'deploy'),
  secrets: filled('', 'passwor tokesecre'),
  'a traceparent': filled('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-', 'a'),
  'a traceparent of zeros': filled('00-', '0'),
  blanks: filled('', ' '),
  'blanks and more': filled('a', ' \t', 'b'),
  lines: filled('', '\n'),
  'a full name of a job': filled('acme/', 'PR-1/'),
  'a reference': filled('acme/shop', '#1'),
  'a mention of three': filled('a/', 'b/'),
  'a time': filled('2026-03-01T12:00:00.', '0', 'Z'),
  'a time that is far': () => '+275760-09-13T00:00:00Z',
  'a time before the first': () => '-271821-04-20T00:00:00Z',
  'letters that grow': filled('', '\u0130\ufb03\u1e9e'),
  'combining marks': filled('a', '\u0301'),
  // Thirteen characters of JSON.
  'half characters': (length) => '\ud800a\udc00'.repeat(Math.ceil(length / 13)),
  'characters of two halves': filled('', '\u{1f600}'),
  zeros: filled('', '\u0000'),
  'right to left': filled('', '\u202e\u2066'),
  'line separators': filled('', '\u2028'),
  'a template': () => '{{7*7}}<script>alert(1)</script>%s%n',
  'a canary': () => CANARY,
  'a word of the prototype': () => 'constructor',
  'another word of the prototype': () => '__proto__',
  'a method of the prototype': () => 'hasOwnProperty',
}
const NAMES = Object.keys(HOSTILE_TEXTS) as [string, ...string[]]

/** Mostly as long as GitHub lets a body be, at times as long as a body of a request. */
const LENGTHS = { 10: 20, 200: 25, 2000: 25, 65536: 25, 1000000: 5 } as const

export const hostileText = (random: Random): { readonly name: string; readonly text: string } => {
  const name = random.pick(NAMES)
  const length = Number(random.weighted(LENGTHS))
  return { name: `${name}, ${length}`, text: HOSTILE_TEXTS[name]?.(length) ?? '' }
}
