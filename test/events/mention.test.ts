import { repository } from '../../lib/delivery/activity.ts'
import { mentionOf } from '../../lib/events/mention.ts'

const PLACE = { githubHost: 'github.com', home: repository('github.com', 'acme', 'shop') }
const ISSUE = 'issue:github.com/acme/shop#12'
const PULL_REQUEST = 'pull_request:github.com/acme/shop#34'
const DEPLOYMENT = 'deployment:github.com/acme/shop#145988746'
const ATTEMPT = 'run:https://github.com/acme/shop/actions/runs/9007199254/attempts/'

describe('what a text names', () => {
  it.each([
    ['vstrace-github-issue-acme/shop-12', ISSUE],
    ['vstrace-github-pull_request-Acme/Shop-34-fix-it', PULL_REQUEST],
    ['vstrace-github-issue-shop-12', ISSUE],
    ['acme/shop#12', ISSUE],
    [' Acme/Shop#12\n', ISSUE],
    ['GitHub.com/acme/shop#12', ISSUE],
    ['issue:acme/shop#12', ISSUE],
    [ISSUE, ISSUE],
    ['issue:git.acme.com:8443/acme/shop#12', 'issue:git.acme.com:8443/acme/shop#12'],
    ['pull_request:acme/shop#34', PULL_REQUEST],
    [PULL_REQUEST, PULL_REQUEST],
    ['deployment:acme/shop#145988746', DEPLOYMENT],
    ['https://github.com/Acme/shop/issues/12#issuecomment-7', ISSUE],
    ['https://github.com/acme/shop/pull/34', PULL_REQUEST],
    ['https://github.com/acme/shop/pull/34/files?w=1', PULL_REQUEST],
    ['https://api.github.com/repos/acme/shop/issues/12', ISSUE],
    ['https://api.github.com/repos/acme/shop/pulls/34', PULL_REQUEST],
    ['https://api.github.com/repos/acme/shop/deployments/145988746', DEPLOYMENT],
    ['https://api.github.com/repos/acme/shop/deployments/145988746/statuses', DEPLOYMENT],
    ['https://github.com/Acme/shop/actions/runs/9007199254', `${ATTEMPT}1/`],
    ['https://github.com/acme/shop/actions/runs/9007199254/attempts/3', `${ATTEMPT}3/`],
    ['https://github.com/acme/shop/actions/runs/9007199254/job/24?pr=34', `${ATTEMPT}1/`],
    [`${ATTEMPT}3/`, `${ATTEMPT}3/`],
    ['https://ci.acme.com/job/shop/job/PR-34/3/console', 'run:https://ci.acme.com/job/shop/job/PR-34/3/'],
    ['run:https://ci.acme.com/job/shop/3/', 'run:https://ci.acme.com/job/shop/3/'],
    ['run:https://dashboard.acme.com/shop/run-7', 'run:https://dashboard.acme.com/shop/run-7/'],
    ['mobile/release/ios-4.2.0', 'event:mobile/release/ios-4.2.0'],
    ['Mobile/release/ios 4.2.0', 'event:mobile/release/ios%204.2.0'],
    ['mobile/release/50%', 'event:mobile/release/50%25'],
    ['mobile/release/50%20', 'event:mobile/release/50%2520'],
    ['mobile/release/ios#7', 'event:mobile/release/ios#7'],
    ['mobile/release/a/b#7', 'event:mobile/release/a/b#7'],
    ['event:mobile/release/ios%204.2.0', 'event:mobile/release/ios%204.2.0'],
    ['event:mobile/release/ios 4.2.0', 'event:mobile/release/ios%204.2.0'],
    ['event:mobile/release/50%', 'event:mobile/release/50%25'],
    ['status.acme.com/incident/7', 'event:status.acme.com/incident/7'],
    ['git.acme.com/change/7', 'event:git.acme.com/change/7'],
  ])('%s', (text, key) => {
    expect(mentionOf(text, PLACE)).toEqual({ kind: 'activity', key, unseen: 'join' })
  })

  it('is a span, where it is a traceparent', () => {
    expect(mentionOf('00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01', PLACE)).toEqual({
      kind: 'span',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
    })
  })

  it.each([
    ['https://git.acme.com/acme/shop/issues/12', ISSUE.replace('github.com', 'git.acme.com')],
    ['https://git.acme.com/api/v3/repos/acme/shop/pulls/34', PULL_REQUEST.replace('github.com', 'git.acme.com')],
    ['acme/shop#12', ISSUE.replace('github.com', 'git.acme.com')],
    ['https://github.com/acme/shop/issues/12', ISSUE],
  ])('of an Enterprise Server: %s', (text, key) => {
    const place = { githubHost: 'git.acme.com', home: undefined }
    expect(mentionOf(text, place)).toEqual({ kind: 'activity', key, unseen: 'join' })
  })

  it.each([
    '',
    'the release before',
    '#12',
    'shop#12',
    'acme/shop',
    'acme/shop#0',
    'acme/shop#12th',
    'vstrace-github-issue-acme/shop',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    'https://github.com/acme/shop',
    'https://github.com/acme/shop/issues',
    'https://gitlab.example.com/acme/shop/issues/12',
    'https://ci.acme.com/job/shop/',
    'https://dashboard.acme.com/shop/run-7',
    'ftp://ci.acme.com/job/shop/3/',
    'run:job/shop/3/',
    'run:https://dashboard.acme.com/#/runs/7',
    'run:https://dashboard.acme.com/run?id=7',
    'commit:github.com/acme/shop@ec26c3e57ca3a959ca5aad62de7213c562f8c821',
    'repository:github.com/acme/shop',
    'acme/issue/12',
    'acme/Release/12',
    'mobile/release/',
    `mobile/release/${'x'.repeat(201)}`,
    'https://api.github.com/acme/shop/issues/12',
  ])('is nothing, where it is %p', (text) => {
    expect(mentionOf(text, { githubHost: 'github.com', home: undefined })).toBeUndefined()
  })
})
