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
import type { Answered, System } from '../support/system.ts'
import { iso, millis, T0 } from './clock.ts'
import { jenkinsRuns } from './jenkins-runs.ts'
import { finalSpans, traceTrees } from './told-spans.ts'

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
    ...jenkinsRuns(jenkins),
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
        finalSpans(system.backend.spans, repository).map(({ attributes }) => attributes['valuestream.activity.key']),
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
    tree: () => traceTrees(finalSpans(system.backend.spans, repository), T0),
    spans: () => finalSpans(system.backend.spans, repository),
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
