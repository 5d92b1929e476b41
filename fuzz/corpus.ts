import { deliveriesOf } from '../simulate/deliveries/deliveries.ts'
import { worldOf } from '../simulate/world/world.ts'
import { change, cloudEvent, incident, pipelineRun, release, service } from '../test/payloads/events.ts'
import { recorded, subIssuesPayload } from '../test/payloads/github.ts'
import { gathererEnd, gathererStart, notification } from '../test/payloads/jenkins.ts'

/** The ways in: three routes, and the queue that nobody but the topic writes to. */
export const DOORS = ['github', 'jenkins', 'events', 'queue'] as const
export type Door = (typeof DOORS)[number]

/** A webhook as it ought to be, before anything is done to it. */
export interface Sample {
  readonly door: Door
  /** GitHub's name of the event. */
  readonly event?: string
  readonly payload: object
}

export type Corpus = Readonly<Record<Door, readonly [Sample, ...Sample[]]>>

/** The events that are translated; of the others one example is enough. */
const TRANSLATED = new Set([
  ...['issues', 'sub_issues', 'pull_request', 'pull_request_review', 'push', 'repository'],
  ...['status', 'workflow_run', 'deployment', 'deployment_status', 'ping'],
])

const WORLD = { seed: 3, activities: 30 }

/**
 * What is mutated: GitHub's recorded examples, what the simulator sends (and with it the demo, whose payloads it sends),
 * what the plugins of Jenkins post, CDEvents and custom events. Of each door at least one.
 */
export const readCorpus = (): Corpus => {
  const simulated = deliveriesOf(worldOf(WORLD.seed, WORLD.activities)).map(
    ({ target, body }): Sample =>
      target.source === 'github'
        ? { door: 'github', event: target.event, payload: body() }
        : { door: 'jenkins', payload: body() },
  )
  const jenkins = [...jenkinsPayloads().map((payload) => ({ door: 'jenkins', payload }) as const)]
  const ofJenkins: [Sample, ...Sample[]] = [
    { door: 'jenkins', payload: gathererStart() },
    ...jenkins,
    ...simulated.filter(({ door }) => door === 'jenkins'),
  ]
  return {
    github: [
      { door: 'github', event: 'sub_issues', payload: subIssuesPayload('sub_issue_added', {}) },
      ...recordedSamples(),
      ...simulated.filter(({ door }) => door === 'github'),
    ],
    jenkins: ofJenkins,
    events: [
      { door: 'events', payload: release() },
      ...eventPayloads().map((payload) => ({ door: 'events', payload }) as const),
    ],
    queue: ofJenkins.map((sample): Sample => ({ ...sample, door: 'queue' })) as [Sample, ...Sample[]],
  }
}

const recordedSamples = (): readonly Sample[] =>
  recorded.flatMap(({ name, examples }) =>
    examples
      .slice(0, TRANSLATED.has(name) ? undefined : 1)
      .map((payload): Sample => ({ door: 'github', event: name, payload })),
  )

const jenkinsPayloads = (): readonly object[] => [
  gathererEnd(),
  gathererStart({ buildCause: 'Started by upstream project "acme/shop/main" build number 7' }),
  gathererStart({
    parameters: { 'vstrace-trace-id': 'vstrace-github-issue-acme/shop-12', type: 'deploy', CHANGE_ID: '7' },
  }),
  notification({}),
  notification({ phase: 'QUEUED' }),
  notification({ phase: 'COMPLETED', duration: 60_000, status: 'FAILURE' }),
  notification({ phase: 'FINALIZED', duration: 60_000, test_summary: { total: 3, failed: 1, skipped: 0 } }),
]

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

const eventPayloads = (): readonly object[] => [
  release({
    status: 'started',
    parent: 'acme/shop#12',
    links: ['mobile/approval/4', 'run:https://ci.acme.com/job/a/1/'],
  }),
  release({
    type: 'deploy',
    repository: 'acme/shop',
    commit: 'a'.repeat(40),
    environment: 'production',
    production: true,
  }),
  release({
    type: 'build',
    url: 'https://ci.acme.com/job/shop/3/',
    metadata: { platform: 'ios', size: 3 },
    error: 'no',
  }),
  release({
    type: 'deploy',
    source: 'jenkins',
    run: 'https://ci.acme.com/job/shop-deploy/3/',
    repository: 'acme/shop',
    change: '34',
    parameters: { deploy_type: 'ami', attempt: 2 },
  }),
  pipelineRun('started', { customData: { repository: 'acme/shop', commit: 'b'.repeat(40), parent: 'acme/shop#1' } }),
  pipelineRun('finished', { content: { outcome: 'failure', errors: 'a test failed' } }),
  change('merged', { content: { uri: 'https://github.com/acme/shop/pull/34' } }),
  change('created'),
  service('deployed', { customData: { links: ['acme/shop#12', 'acme/shop#13'], started: '2026-03-01T11:59:00Z' } }),
  incident('detected'),
  incident('resolved'),
  cloudEvent(pipelineRun('queued'), { traceparent: TRACEPARENT }),
]
