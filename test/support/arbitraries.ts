import fc from 'fast-check'
import { issueKey, pullRequestKey, repository } from '../../lib/delivery/activity.ts'
import type { Known } from '../../lib/delivery/decide.ts'
import type { DeliveryEvent, Ending } from '../../lib/delivery/event.ts'
import {
  awaitActivity,
  branchName,
  headName,
  joinActivity,
  keyName,
  lookUp,
  type Reference,
} from '../../lib/delivery/reference.ts'

const shop = repository('github.com', 'acme', 'shop')
export const OWN_KEY = pullRequestKey(shop, 1)

/** Few distinct moments, so that ties, reversals and repetitions are frequent. */
const moment = fc.integer({ min: 1, max: 12 }).map((tick) => 1_700_000_000_000 + tick * 1000)
const certainty = fc.constantFrom('guessed', 'estimated', 'derived', 'reported')
const ending: fc.Arbitrary<Ending> = fc.record(
  {
    atMillis: moment,
    certainty,
    result: fc.constantFrom('success', 'failure', 'error', 'timeout', 'cancellation', 'skip'),
    durationMillis: fc.constantFrom(1000, 3000),
  },
  { requiredKeys: ['atMillis', 'certainty', 'result'] },
)
const reference: fc.Arbitrary<Reference> = fc.constantFrom(
  joinActivity(issueKey(shop, 10)),
  joinActivity(issueKey(shop, 11)),
  joinActivity(OWN_KEY),
  awaitActivity(issueKey(shop, 12)),
  awaitActivity(issueKey(shop, 99)),
  lookUp(headName('a'.repeat(40))),
  lookUp(branchName(shop, 'known')),
  lookUp(branchName(shop, 'unknown')),
)
const references = fc.array(reference, { maxLength: 3 })

export const deliveryEvent: fc.Arbitrary<DeliveryEvent> = fc.record(
  {
    key: fc.constant(OWN_KEY),
    operation: fc.constantFrom('build', 'deploy'),
    stage: fc.constantFrom('started', 'updated', 'reopened', 'finished'),
    observedMillis: moment,
    opened: fc.record({ atMillis: moment, certainty }),
    reopenedMillis: moment,
    ended: ending,
    attributes: fc.record(
      {
        'build.result': fc.constantFrom('SUCCESS', 'FAILURE'),
        'build.number': fc.integer({ min: 0, max: 2 }),
        'issue.labels': fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
        'build.parameter.deploy_type': fc.constantFrom('ami', 'mutable'),
      },
      { requiredKeys: [] },
    ),
    references: fc.record(
      {
        marker: references,
        closing_keyword: references,
        branch_number: references,
        head_sha: references,
        upstream_build: references,
        previous_attempt: references,
        branch: references,
      },
      { requiredKeys: [] },
    ),
    names: fc.array(fc.constantFrom('sha:1', 'sha:2', 'branch:x'), { maxLength: 3 }),
    queuedMillis: moment,
    happenings: fc.array(
      fc.record({
        name: fc.constantFrom('review', 'pushed', 'converted_to_draft', 'ready_for_review'),
        atMillis: moment,
        attributes: fc.constantFrom({}, { 'review.state': 'approved', 'review.user.name': 'ada' }),
      }),
      { maxLength: 3 },
    ),
    landed: fc.record({ sha: fc.constantFrom('1', '2'), atMillis: moment }),
  },
  { requiredKeys: ['key', 'operation', 'stage', 'observedMillis', 'opened', 'attributes', 'references', 'names'] },
)

/** Who is known while the events of one activity come in. */
const names: Known['names'] = new Map([
  [
    keyName(issueKey(shop, 10)),
    [{ key: issueKey(shop, 10), traceId: '1'.repeat(32), openings: [1_700_000_002_000, 1_700_000_006_000] }],
  ],
  [keyName(issueKey(shop, 12)), [{ key: issueKey(shop, 12), traceId: '2'.repeat(32), openings: [1_700_000_003_000] }]],
  [
    branchName(shop, 'known'),
    [
      { key: pullRequestKey(shop, 7), traceId: '3'.repeat(32), openings: [1_700_000_004_000] },
      { key: pullRequestKey(shop, 8), traceId: '4'.repeat(32), openings: [1_700_000_008_000] },
    ],
  ],
  [
    headName('a'.repeat(40)),
    [{ key: pullRequestKey(shop, 9), traceId: '5'.repeat(32), openings: [1_700_000_004_000] }],
  ],
])

export const KNOWN: Known = { names, mainline: [] }
