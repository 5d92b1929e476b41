import type { JsonObject } from '../../../demo/payloads/json.ts'
import type { Attributes } from '../../../lib/delivery/attributes.ts'
import type { PlayedRepository } from './played-github.ts'

const URL = 'https://github.com/acme/shop'
const CLOSED = '2026-01-07T10:30:00Z'

const ISSUE: JsonObject = {
  ...{ id: 12_000, number: 12, title: 'The basket forgets its discount', body: 'It does.', user: { login: 'ada' } },
  ...{ html_url: `${URL}/issues/12`, labels: [{ name: 'bug' }], comments: 3 },
  ...{ state: 'closed', state_reason: 'completed' },
  ...{ created_at: '2026-01-05T09:00:00Z', updated_at: CLOSED, closed_at: CLOSED },
}

/** What GitHub's API tells of `acme/shop`: one issue, which was closed. */
export const ONE_ISSUE: ReadonlyMap<string, PlayedRepository> = new Map([
  [
    'acme/shop',
    {
      repository: {
        ...{ id: 7, name: 'shop', full_name: 'acme/shop', html_url: URL },
        ...{ owner: { login: 'acme' }, default_branch: 'main' },
      },
      lists: new Map<string, readonly JsonObject[]>([
        ['/issues', [ISSUE]],
        ['/issues/events', [{ event: 'closed', created_at: CLOSED, issue: { number: 12 }, state_reason: 'completed' }]],
      ]),
      objects: new Map(),
    },
  ],
])

const ATTRIBUTES = {
  service: 'github',
  'scm.repository.id': 7,
  'scm.repository.url': URL,
  'scm.repository.name': 'shop',
  'scm.repository.full_name': 'acme/shop',
  'vcs.provider.name': 'github',
  'vcs.owner.name': 'acme',
  'vcs.repository.name': 'shop',
  'vcs.repository.url.full': URL,
  'user.name': 'ada',
  'issue.number': 12,
  'issue.url': `${URL}/issues/12`,
  'issue.title': 'The basket forgets its discount',
  'issue.comments_count': 3,
  'issue.project.name': 'shop',
  'issue.state_reason': 'completed',
  'issue.labels': ['bug'],
} satisfies Attributes

const CLOSED_MILLIS = 1_767_781_800_000
/** GitHub's times are whole seconds: a report may be of any moment in its second. */
const reported = <T>(value: T) => ({ observedMillis: CLOSED_MILLIS + 1000, rank: 3, value })

/** What the table has of that issue, when it was imported and nothing is sent. */
export const ITS_CONTEXT = {
  key: 'issue:github.com/acme/shop#12',
  version: 2,
  traceId: '48a4352a41eee55f7d14d3d67cfe894d',
  links: [],
  watching: [],
  emissions: [
    {
      ...{ episode: 1, fingerprint: '3f7a52660e275cf9', revision: 0, state: 'accepted' },
      ...{ traceId: '48a4352a41eee55f7d14d3d67cfe894d', formerTraceIds: [] },
    },
  ],
  facts: {
    operation: 'issue',
    opened: { atMillis: 1_767_603_600_000, certainty: 'reported' },
    reopenedMillis: [],
    endings: [{ atMillis: CLOSED_MILLIS, certainty: 'reported', result: 'success', reported: reported(ATTRIBUTES) }],
    attributes: Object.fromEntries(
      Object.entries(ATTRIBUTES).map(([name, value]) => [name, { latest: reported(value), earliest: reported(value) }]),
    ),
    references: {},
    names: [],
    happenings: [],
    cut: [],
  },
}
