import { randomOf } from '../demo/history/random.ts'
import type { SpanRecord } from '../explorer/warehouse/span-record.ts'
import type { Warehouse } from '../explorer/warehouse/warehouse.ts'

const HOUR = 3_600_000
const START = 1_790_000_000_000
const OPERATIONS = ['issue', 'pull_request', 'build', 'build', 'build', 'build', 'deploy', 'deploy', 'deploy', 'deploy']
/** The place of each one's parent among them: builds hang from the pull request, deploys from builds. */
const PARENTS = [undefined, 0, 1, 1, 1, 1, 2, 3, 4, 5]
/** Spans of a trace. */
export const TRACE_SPANS = OPERATIONS.length

/** Traces of ten spans with the attributes that ValueStream's spans have, from a number on. */
export const deliverySpans = (from: number, traces: number): readonly SpanRecord[] =>
  Array.from({ length: traces }, (_, at) => traceOf(from + at)).flat()

const spanIdOf = (trace: number, at: number): string => (trace * TRACE_SPANS + at + 1).toString(16).padStart(16, '0')

const traceOf = (trace: number): readonly SpanRecord[] => {
  const random = randomOf(trace + 1)
  const deployType = random.pick(['ami', 'container', 'mutable'])
  const repository = random.pick(['shop', 'payments', 'search', 'mobile', 'ledger'])
  const traceId = (trace + 1).toString(16).padStart(32, '0')
  return OPERATIONS.map((operation, at) => {
    const startMillis = START + trace * 1000 + at * HOUR
    const parent = PARENTS[at]
    const millis = random.around(10 * HOUR) * (operation === 'issue' && deployType === 'ami' ? 2 : 1)
    return {
      origin: 'stored',
      traceId,
      spanId: spanIdOf(trace, at),
      ...(parent === undefined ? {} : { parentSpanId: spanIdOf(trace, parent) }),
      operation,
      service: at < 2 ? 'github' : 'jenkins',
      startMillis,
      endMillis: startMillis + millis,
      isError: random.chance(operation === 'deploy' && deployType === 'mutable' ? 0.3 : 0.05),
      attributes: {
        service: at < 2 ? 'github' : 'jenkins',
        'vcs.provider.name': 'github',
        'vcs.owner.name': 'acme',
        'vcs.repository.name': repository,
        'vcs.repository.url.full': `https://github.com/acme/${repository}`,
        'valuestream.activity.key': `${operation}:${trace}#${at}`,
        'valuestream.episode': 1,
        'valuestream.result': random.chance(0.9) ? 'success' : 'failure',
        'valuestream.link.reason': 'head_sha',
        ...(at < 2 ? workOf(trace, at, random) : runOf(trace, at, random, deployType)),
      },
      resource: {},
      links: operation === 'deploy' ? carriedBy(traceId, trace) : [],
      events: [],
    }
  })
}

/** Its own pull request. */
const carriedBy = (traceId: string, trace: number): SpanRecord['links'] => [
  { traceId, spanId: spanIdOf(trace, 1), attributes: { 'valuestream.link.reason': 'carried' } },
]

const workOf = (trace: number, at: number, random: ReturnType<typeof randomOf>): SpanRecord['attributes'] => ({
  'user.name': `user-${Math.floor(random.between(0, 60))}`,
  'scm.repository.private': true,
  ...(at === 0
    ? {
        'issue.number': trace,
        'issue.title': `Something is wrong, number ${trace}`,
        'issue.url': `https://github.com/acme/shop/issues/${trace}`,
        'issue.labels': [random.pick(['bug', 'feature', 'chore']), random.pick(['p1', 'p2', 'p3'])],
        'issue.comments_count': Math.floor(random.between(0, 20)),
      }
    : {
        'vcs.change.id': String(trace),
        'vcs.change.title': `Fix number ${trace}`,
        'pull_request.merged': true,
        'pull_request.commits': Math.floor(random.between(1, 9)),
        'pull_request.additions': Math.floor(random.between(0, 5000)),
        'pull_request.changed_files': Math.floor(random.between(1, 40)),
        'pull_request.review_rounds': Math.floor(random.between(0, 4)),
      }),
})

const runOf = (
  trace: number,
  at: number,
  random: ReturnType<typeof randomOf>,
  deployType: string,
): SpanRecord['attributes'] => ({
  'build.number': trace,
  'build.url': `https://ci.acme.example/job/shop/${trace}/${at}/`,
  'build.job.full_name': random.pick(['acme/shop', 'acme/payments', 'acme/search']),
  'build.queue_millis': Math.floor(random.between(0, 60_000)),
  'scm.head.sha': (trace * TRACE_SPANS + at).toString(16).padStart(40, '0'),
  'cicd.pipeline.result': 'success',
  'cicd.worker.name': `worker-${Math.floor(random.between(0, 20))}`,
  ...(at < 6 ? {} : deployOf(random, deployType)),
})

const deployOf = (random: ReturnType<typeof randomOf>, deployType: string): SpanRecord['attributes'] => {
  const environment = random.pick(['production', 'staging'])
  return {
    'build.parameter.deploy_type': deployType,
    'build.parameter.region': random.pick(['eu', 'us']),
    'deployment.environment.name': environment,
    'deployment.production': environment === 'production',
    ...(random.chance(0.02) ? { 'deployment.rollback': true } : {}),
  }
}

/**
 * Makes so many copies of all that is in a warehouse, in SQL: a million spans by way of JavaScript take minutes, most of
 * them to make up the spans. Copies of copies are told apart by another four digits of their ids: name another slot.
 */
export const multiply = async (warehouse: Warehouse, copies: number, slot: 0 | 1): Promise<void> => {
  await warehouse.index()
  await warehouse.write(async (query) => {
    const [most] = await query(
      'SELECT max(span_no) + 1 AS spans, (SELECT max(trace_no) + 1 FROM traces) AS traces FROM spans',
    )
    const span = `span_no + copy * ${most?.spans} AS span_no`
    const trace = `trace_no + copy * ${most?.traces} AS trace_no`
    const [traceId, spanId, parentId] = ['trace_id', 'span_id', 'parent_span_id'].map(
      (id) => `left(${id}, ${slot * 4}) || printf('%04x', copy) || ${id}[${slot * 4 + 5}:] AS ${id}`,
    )
    const key = `activity_key || '/${slot}/' || copy AS activity_key`
    for (const [table, columns] of [
      ['spans', `${span}, ${trace}, ${traceId}, ${spanId}, ${parentId}, ${key}`],
      ['traces', `${trace}, ${traceId}`],
      ['marks', `${span}, ${trace}`],
      ['numbers', `${span}, ${trace}`],
      ['shares', `${span}, ${trace}`],
      ['deploys', `${span}, ${trace}`],
      ['links', `${span}, ${trace}, ${spanId}`],
      [
        'brought',
        `${trace}, deploy_no + copy * ${most?.spans} AS deploy_no, change_no + copy * ${most?.spans} AS change_no`,
      ],
      ['trace_items', `${trace}, alone_no + copy * ${most?.spans} AS alone_no`],
    ] as const) {
      await query(
        `INSERT INTO ${table} SELECT * EXCLUDE (copy) REPLACE (${columns})
         FROM (SELECT *, unnest(range(1, ${copies})) AS copy FROM ${table})`,
      )
    }
  })
}
