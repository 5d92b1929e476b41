import { createHash } from 'node:crypto'
import { explainPayload } from '../../cli/explain/explain.ts'
import {
  deploymentPayload,
  deploymentStatusPayload,
  issuesPayload,
  pullRequestPayload,
  pushPayload,
  repositoryPayload,
  reviewPayload,
  statusPayload,
  subIssuesPayload,
  workflowRunPayload,
} from '../payloads/github.ts'
import { gathererEnd, gathererStart, notification } from '../payloads/jenkins.ts'
import type { ReceivedSpan } from '../support/otlp-backend.ts'
import type { Answered, System } from '../support/system.ts'

const T0 = Date.UTC(2026, 8, 1, 9)
const millis = (minute: number): number => T0 + minute * 60_000
const iso = (minute: number): string => new Date(millis(minute)).toISOString().replace('.000', '')

type Fields = Readonly<Record<string, unknown>>

/** What was delivered, so that a story can be told again in another order, or explained. */
export interface Delivery {
  readonly source: 'github' | 'jenkins'
  readonly event?: string
  readonly payload: unknown
}

let stories = 0

/**
 * Tells a story of one repository of its own, minute by minute: recorded payloads with the fields that matter set. The
 * branch `master` is the default branch.
 */
export const openStory = (system: System) => {
  stories += 1
  const repository = `Story-${stories}`
  let current = repository
  const told: Delivery[] = []
  const created = new Map<string, number>()
  const heads = new Map<number, { sha: string; branch: string; body: string; draft: boolean }>()

  const sha = (name: string): string => createHash('sha1').update(`${repository} ${name}`).digest('hex')
  const since = (what: string, minute: number): string => {
    if (!created.has(what)) created.set(what, minute)
    return iso(created.get(what) ?? minute)
  }
  const own = (payload: unknown): unknown =>
    JSON.parse(JSON.stringify(payload).replaceAll('Hello-World', current).replaceAll('hello-world', current))
  const send = async (delivery: Delivery): Promise<Answered> => {
    told.push(delivery)
    return delivery.source === 'github'
      ? system.github(delivery.event ?? '', delivery.payload)
      : system.jenkins(delivery.payload)
  }
  const github = (event: string, payload: unknown): Promise<Answered> =>
    send({ source: 'github', event, payload: own(payload) })
  const jenkins = (payload: unknown): Promise<Answered> => send({ source: 'jenkins', payload: own(payload) })

  const issueFields = (number: number, minute: number, more: Fields): Fields => ({
    number,
    html_url: `https://github.com/Codertocat/${current}/issues/${number}`,
    created_at: since(`issue ${number}`, minute),
    updated_at: iso(minute),
    ...more,
  })
  const closing = (minute: number): Fields => ({ state: 'closed', closed_at: iso(minute), state_reason: 'completed' })
  const pullFields = (number: number, minute: number, more: Fields): Fields => {
    const head = heads.get(number) ?? { sha: sha(`head ${number}`), branch: `branch-${number}`, body: '', draft: false }
    heads.set(number, {
      sha: String(more.sha ?? head.sha),
      branch: String(more.branch ?? head.branch),
      body: String(more.body ?? head.body),
      draft: Boolean(more.draft ?? head.draft),
    })
    const now = heads.get(number) ?? head
    const { head: recordedHead } = pullRequestPayload('opened', {}).pull_request as { head: Fields }
    const { sha: _sha, branch: _branch, ...rest } = more
    return {
      number,
      title: `Change ${number}`,
      html_url: `https://github.com/Codertocat/${current}/pull/${number}`,
      created_at: since(`pull ${number}`, minute),
      updated_at: iso(minute),
      ...rest,
      head: { ...recordedHead, ref: now.branch, sha: now.sha },
      body: now.body,
      draft: now.draft,
    }
  }
  const runFields = (job: string, number: number) => ({
    jobName: job.split('/').at(-1),
    fullJobName: job,
    number,
    buildUrl: `${job
      .split('/')
      .map((segment) => `job/${segment}`)
      .join('/')}/${number}/`,
  })
  const NO_CHECKOUT = { url: '', branch: '', commit: '' }
  const workflow = (id: number, attempt: number, minute: number, more: Fields): Fields => ({
    id,
    run_attempt: attempt,
    run_number: 1,
    name: 'CI',
    event: 'pull_request',
    head_sha: sha('none'),
    head_branch: 'none',
    created_at: since(`workflow ${id}`, minute),
    run_started_at: since(`workflow ${id} ${attempt}`, minute),
    updated_at: iso(minute),
    html_url: `https://github.com/Codertocat/${current}/actions/runs/${id}`,
    pull_requests: [],
    ...more,
  })
  const workflowRepositories = () => {
    const { repository: of } = issuesPayload('opened', {})
    return { repository: of }
  }

  return {
    repository,
    told: told as readonly Delivery[],
    sha,
    issue: (number: number, action: string, minute: number, more: Fields = {}, aside: Fields = {}) =>
      github(
        'issues',
        issuesPayload(
          action,
          issueFields(number, minute, action === 'closed' ? { ...closing(minute), ...more } : more),
          aside,
        ),
      ),
    subIssue: (parent: number, sub: number, action: string, minute: number) =>
      github(
        'sub_issues',
        subIssuesPayload(action, {
          parent: issueFields(parent, minute, {}),
          sub: issueFields(sub, minute, {}),
        }),
      ),
    pull: (number: number, action: string, minute: number, more: Fields = {}, aside: Fields = {}) =>
      github('pull_request', pullRequestPayload(action, pullFields(number, minute, more), aside)),
    merged: (number: number, minute: number, mergeSha: string, more: Fields = {}) =>
      github(
        'pull_request',
        pullRequestPayload(
          'closed',
          pullFields(number, minute, {
            ...more,
            state: 'closed',
            merged: true,
            merged_at: iso(minute),
            closed_at: iso(minute),
            merge_commit_sha: mergeSha,
          }),
        ),
      ),
    closedUnmerged: (number: number, minute: number) =>
      github(
        'pull_request',
        pullRequestPayload(
          'closed',
          pullFields(number, minute, { state: 'closed', merged: false, closed_at: iso(minute) }),
        ),
      ),
    review: (number: number, minute: number, login: string, state: string) =>
      github(
        'pull_request_review',
        reviewPayload(
          'submitted',
          { state, submitted_at: iso(minute), user: { login, id: 7, html_url: `https://github.com/${login}` } },
          pullFields(number, minute, { state: 'open' }),
        ),
      ),
    push: (after: string, minute: number, message: string) =>
      github('push', {
        ...pushPayload({ after, before: sha('before') }),
        ...pushed(after, minute, message),
      }),
    started: (job: string, number: number, minute: number, more: Fields = {}) =>
      jenkins(
        gathererStart({
          ...runFields(job, number),
          startTime: millis(minute),
          endTime: millis(minute) + 200,
          queueTime: 0,
          parameters: {},
          scmInfo: NO_CHECKOUT,
          ...more,
        }),
      ),
    ended: (job: string, number: number, minute: number, minutes: number, more: Fields = {}) =>
      jenkins(
        gathererEnd({
          ...runFields(job, number),
          startTime: millis(minute) + 300,
          endTime: millis(minute),
          duration: minutes * 60_000,
          ...more,
        }),
      ),
    notified: (job: string, number: number, phase: string, minute: number, build: Fields = {}) => {
      const { buildUrl } = runFields(job, number)
      const payload = notification({
        full_url: `https://ci.acme.com/${buildUrl}`,
        url: buildUrl,
        number,
        phase,
        timestamp: millis(minute),
        ...build,
      })
      return jenkins({ ...payload, name: job.split('/').at(-1), url: buildUrl.replace(/\d+\/$/, '') })
    },
    status: (address: string, minute: number, state: string, of: string, more: Fields = {}) =>
      github(
        'status',
        statusPayload({
          sha: of,
          state,
          context: 'continuous-integration/jenkins/pr-merge',
          target_url: `https://ci.acme.com/${address}`,
          created_at: iso(minute),
          updated_at: iso(minute),
          branches: [],
          ...more,
        }),
      ),
    workflow: (id: number, attempt: number, action: string, minute: number, more: Fields = {}) =>
      github('workflow_run', workflowRunPayload(action, workflow(id, attempt, minute, more), workflowRepositories())),
    deployment: (id: number, minute: number, fields: Fields) =>
      github('deployment', deploymentPayload({ id, created_at: since(`deployment ${id}`, minute), ...fields })),
    deploymentStatus: (id: number, minute: number, state: string, fields: Fields) =>
      github(
        'deployment_status',
        deploymentStatusPayload(
          { state, created_at: iso(minute), updated_at: iso(minute), environment: fields.environment ?? 'production' },
          {
            deployment: {
              ...(deploymentPayload({}).deployment as object),
              id,
              created_at: since(`deployment ${id}`, minute),
              ...fields,
            },
          },
        ),
      ),
    /** From then on everything bears the new name. */
    renamed: async (minute: number) => {
      const before = current
      current = `${repository}-renamed`
      const { repository: of } = issuesPayload('opened', {}) as { repository: Fields }
      const payload = repositoryPayload('renamed', { repository: { name: { from: before } } })
      return github('repository', { ...payload, repository: { ...of, updated_at: iso(minute) } })
    },
    /** Sends any payload of this story once more, as it was. */
    again: (delivery: Delivery) => send(delivery),
    /** By which way explain says that each activity of the spans has its parent, asked of every payload that was told. */
    explained: async (): Promise<ReadonlyMap<string, string | undefined>> => {
      const keys = new Set(
        finalSpans(system, repository).map(({ attributes }) => attributes['valuestream.activity.key']),
      )
      const reasons = new Map<string, string | undefined>()
      for (const { source, event, payload } of told) {
        const body = Buffer.from(JSON.stringify(payload))
        const explained = await explainPayload(body, { source, event, table: system.table.tableName })
        if (explained.kind === 'ignored') continue
        for (const { key, parent } of explained.activities) if (keys.has(key)) reasons.set(key, parent?.reason)
      }
      return reasons
    },
    tree: () => traceTrees(system, repository),
    spans: () => finalSpans(system, repository),
  }
}
export type Story = ReturnType<typeof openStory>

/** That explain tells of a story, from its payloads and the table, what stands on its spans. */
export const expectExplained = async (story: Story): Promise<void> => {
  const onSpans = story
    .spans()
    .map(({ attributes }) => [attributes['valuestream.activity.key'], attributes['valuestream.link.reason']] as const)
  expect(Object.fromEntries(await story.explained())).toEqual(Object.fromEntries(onSpans))
}

const pushed = (after: string, minute: number, message: string): Fields => {
  const { repository, head_commit: commit } = pushPayload({}) as { repository: Fields; head_commit: Fields | null }
  const head = { ...commit, id: after, message, timestamp: iso(minute), distinct: true }
  return {
    repository: { ...repository, pushed_at: millis(minute) / 1000 },
    head_commit: head,
    commits: [head],
    deleted: false,
  }
}

/** The last word on each span of a story, in the order in which they went out first. */
const finalSpans = (system: System, repository: string): readonly ReceivedSpan[] => {
  const last = new Map<string, ReceivedSpan>()
  for (const span of system.backend.spans) {
    const key = String(span.attributes['valuestream.activity.key'])
    if (new RegExp(`${repository}(?![0-9])`, 'i').test(key)) last.set(span.spanId, span)
  }
  return [...last.values()]
}

/**
 * The traces of a story as text, a span a line, below its parent: operation, number, minutes from the story's begin to
 * end, result, by what the parent was found, links and corrections.
 */
const traceTrees = (system: System, repository: string): readonly string[] => {
  const spans = [...finalSpans(system, repository)].sort((a, b) => a.startMillis - b.startMillis)
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const nameOf = (spanId: string): string => {
    const found = spans.find((span) => span.spanId === spanId)
    return found === undefined ? spanId : shortName(found)
  }
  const below = (parent: string | undefined, depth: number): readonly string[] =>
    spans
      .filter(({ parentSpanId }) =>
        parent === undefined ? parentSpanId === undefined || !ids.has(parentSpanId) : parentSpanId === parent,
      )
      .flatMap((span) => [`${'  '.repeat(depth)}${line(span, nameOf, ids)}`, ...below(span.spanId, depth + 1)])
  return below(undefined, 0)
}

const line = (span: ReceivedSpan, nameOf: (spanId: string) => string, ids: ReadonlySet<string>): string => {
  const { attributes, links, parentSpanId, startMillis, endMillis } = span
  const minute = (at: number): number => Math.round(((at - T0) / 60_000) * 100) / 100
  const marks = [
    attributes['error.type'] === 'abandoned' ? 'abandoned' : attributes['valuestream.result'],
    attributes['valuestream.link.reason'] === undefined ? '' : `by ${attributes['valuestream.link.reason']}`,
    parentSpanId !== undefined && !ids.has(parentSpanId) ? `below ${parentSpanId}` : '',
    ...links
      .map(({ reason, spanId }) => (reason === 'former_trace' ? 'left a trace' : `${reason} ${nameOf(spanId)}`))
      .sort(),
    attributes['valuestream.correction'] === undefined ? '' : `corrected ${attributes['valuestream.correction']}`,
    attributes['valuestream.closed_millis'] === undefined
      ? ''
      : `lay closed ${Number(attributes['valuestream.closed_millis']) / 60_000}`,
    attributes['deployment.rollback'] === true ? 'rollback' : '',
  ]
  return `${shortName(span)} ${minute(startMillis)}-${minute(endMillis)} ${marks.filter((mark) => mark !== '').join(', ')}`
}

const shortName = ({ name, attributes }: ReceivedSpan): string => {
  const key = String(attributes['valuestream.activity.key'])
  const run = /\/job\/([^/]+)\/(\d+)\/$/.exec(key) ?? /\/(runs\/\d+)\/attempts\/(\d+)\/$/.exec(key)
  const short = run === null ? `#${key.split('#')[1]}` : `${run[1]}#${run[2]}`
  const episode = Number(attributes['valuestream.episode'])
  return `${name} ${short}${episode > 1 ? ` (${episode})` : ''}`
}
