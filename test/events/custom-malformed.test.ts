import { release } from '../payloads/events.ts'
import { translated, translatedBytes } from './translated.ts'

const TIME = 'is not a time: say 2026-03-01T12:00:00Z, or the milliseconds since 1970'
const WRONG = 'is missing or of the wrong type'
const NOTHING =
  'names nothing that can be linked: say acme/shop#12, pull_request:acme/shop#34, the address of an issue, a pull ' +
  'request or a run, or <source>/<type>/<id> of another event'
const NO_TYPE = 'is not a name: at most 40 of a–z, 0–9 and _, a letter first, such as release'
const TAKEN = "is taken: GitHub's webhooks and CDEvents report those, so choose another name"
const NO_SOURCE = 'is not a name: at most 100 of a–z, 0–9, . _ and -, a letter or digit first'
const LONG_ID = 'is blank or longer than 200 characters'

type Fault = readonly [more: object, path: string, fault: string]

describe("what is malformed in ValueStream's own format", () => {
  it.each<Fault>([
    [{ type: undefined }, 'type', 'is missing: it says what this is about, such as release'],
    [{ type: null }, 'type', 'is missing: it says what this is about, such as release'],
    [{ type: 7 }, 'type', WRONG],
    [{ type: 'Release' }, 'type', NO_TYPE],
    [{ type: '__proto__' }, 'type', NO_TYPE],
    [{ type: 'a'.repeat(41) }, 'type', NO_TYPE],
    ...['issue', 'pull_request', 'change', 'commit', 'queue', 'repository'].map(
      (type): Fault => [{ type }, 'type', TAKEN],
    ),
    [{ id: undefined }, 'id', WRONG],
    [{ id: 420 }, 'id', WRONG],
    [{ id: ' ' }, 'id', LONG_ID],
    [{ id: 'x'.repeat(201) }, 'id', LONG_ID],
    [{ source: 'a b' }, 'source', NO_SOURCE],
    [{ source: 'a/b' }, 'source', NO_SOURCE],
    [{ source: '-a' }, 'source', NO_SOURCE],
    [{ source: 'a'.repeat(101) }, 'source', NO_SOURCE],
    [{ status: undefined }, 'status', WRONG],
    [{ status: 'done' }, 'status', 'is none of started, updated and finished'],
    [{ status: 'constructor' }, 'status', 'is none of started, updated and finished'],
    [{ time: undefined }, 'time', WRONG],
    [{ time: 'yesterday' }, 'time', TIME],
    [{ time: '2026-03-01T12:00:00' }, 'time', TIME],
    [{ time: '2026-13-01T12:00:00Z' }, 'time', TIME],
    [{ time: '9999-01-01T00:00:00Z' }, 'time', TIME],
    [{ time: 1_772_366_400 }, 'time', TIME],
    [{ time: -1 }, 'time', TIME],
    [{ started: 'yesterday' }, 'started', TIME],
    [{ started: true }, 'started', WRONG],
    [{ result: 'green' }, 'result', 'is none of success, failure, error, timeout, cancellation, skip'],
    [{ result: 'toString' }, 'result', 'is none of success, failure, error, timeout, cancellation, skip'],
    [{ status: 'started', result: 'success' }, 'result', 'belongs to the status finished alone'],
    [{ title: 7 }, 'title', WRONG],
    [{ url: 'appstore.example.com' }, 'url', 'is not an address: it begins with https:// or http://'],
    [{ url: 'javascript:alert(1)' }, 'url', 'is not an address: it begins with https:// or http://'],
    [{ url: `https://a.example/${'x'.repeat(2000)}` }, 'url', 'is not an address: it begins with https:// or http://'],
    [{ repository: 'shop' }, 'repository', 'is no repository: say acme/shop, or its address'],
    [{ repository: 'https://localhost/shop' }, 'repository', 'is no repository: say acme/shop, or its address'],
    [{ repository: 'git@localhost:shop.git' }, 'repository', 'is no repository: say acme/shop, or its address'],
    [{ repository: 'https://github.com/a/b/c' }, 'repository', 'is no repository: say acme/shop, or its address'],
    [{ commit: 'ec26c3e' }, 'commit', 'is not the full id of a commit: 40 hex digits'],
    [{ production: 'yes' }, 'production', WRONG],
    [{ parent: 'the release before' }, 'parent', NOTHING],
    [{ links: ['acme/shop#12', 'x'] }, 'links.1', NOTHING],
    [{ links: 'acme/shop#12' }, 'links', WRONG],
    [{ links: Array.from({ length: 21 }, () => 'acme/shop#12') }, 'links', 'holds more than 20'],
    [{ metadata: { team: { name: 'shop' } } }, 'metadata.team', WRONG],
    [{ metadata: ['a'] }, 'metadata', WRONG],
    [{ metadata: { ' ': 'a' } }, 'metadata', 'has a name that is blank or longer than 100 characters'],
    [{ metadata: { ['x'.repeat(101)]: 'a' } }, 'metadata', 'has a name that is blank or longer than 100 characters'],
    [
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`n${index}`, 1])) },
      'metadata',
      'has more than 50 entries',
    ],
  ])('%j: the field and what is wrong with it', (more, path, fault) => {
    expect(translated(release(more))).toEqual({ kind: 'malformed', reason: `the field ${path} ${fault}` })
  })

  it.each([
    ['{', 'the field body is not JSON in UTF-8'],
    ['"release"', 'the field body is not a JSON object'],
    ['[]', 'the field body is not a JSON object'],
    ['null', 'the field body is not a JSON object'],
    ['{}', 'the field type is missing: it says what this is about, such as release'],
    [Buffer.from('{"type":"\xff"}', 'latin1'), 'the field body is not JSON in UTF-8'],
  ])('the body %s', (body, reason) => {
    expect(translatedBytes(body)).toEqual({ kind: 'malformed', reason })
  })
})
