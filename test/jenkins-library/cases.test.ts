import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { finishedEpisodes } from '../../lib/delivery/episodes.ts'
import { factsOf, joinFacts } from '../../lib/delivery/join.ts'
import { translate as translateJenkins } from '../../lib/jenkins/translate.ts'
import { eventOf } from '../events/translated.ts'
import { gathererEnd } from '../payloads/jenkins.ts'

/** What the library says of blocks; `LibraryTest.groovy` holds the library to the same file. */
const cases = z.parse(
  z.array(z.object({ name: z.string(), body: z.record(z.string(), z.unknown()) })),
  JSON.parse(readFileSync('infra/jenkins/test/cases.json', 'utf8')),
)
const START = 1_790_000_000_000
const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const REPOSITORY = {
  'vcs.provider.name': 'github',
  'vcs.owner.name': 'acme',
  'vcs.repository.name': 'shop',
  'vcs.repository.url.full': 'https://github.com/acme/shop',
}
const lookedUp = (name: string) => [{ kind: 'name', name }]
const joined = (key: string) => [{ kind: 'activity', key, unseen: 'join' }]

const EXPECTED = [
  {
    key: 'run:https://ci.acme.com/job/acme/job/shop/job/PR-34/7/',
    operation: 'build',
    stage: 'started',
    observedMillis: START,
    opened: { atMillis: START, certainty: 'reported' },
    attributes: {
      service: 'jenkins',
      ...REPOSITORY,
      'event.id': 'acme/shop/PR-34#7',
      'event.type': 'build',
      'scm.head.sha': SHA,
      'vcs.ref.head.revision': SHA,
      'build.ci.url': 'https://ci.acme.com/',
      'build.url': 'https://ci.acme.com/job/acme/job/shop/job/PR-34/7/',
      'build.job.name': 'PR-34',
      'build.job.full_name': 'acme/shop/PR-34',
      'build.number': 7,
      'cicd.pipeline.name': 'acme/shop/PR-34',
      'cicd.pipeline.run.id': '7',
      'cicd.pipeline.run.url.full': 'https://ci.acme.com/job/acme/job/shop/job/PR-34/7/',
    },
    references: {
      change_id: joined('pull_request:github.com/acme/shop#34'),
      head_sha: lookedUp(`head:${SHA}`),
      merge_sha: lookedUp(`landed:${SHA}`),
    },
    names: [],
  },
  {
    key: 'run:https://ci.acme.com/job/shop-deploy/4/',
    operation: 'deploy',
    stage: 'finished',
    observedMillis: START + 90_000,
    opened: { atMillis: START, certainty: 'reported' },
    ended: { atMillis: START + 90_000, certainty: 'derived', result: 'failure' },
    attributes: {
      service: 'jenkins',
      ...REPOSITORY,
      'event.id': 'shop-deploy#4',
      'event.type': 'deploy',
      'build.ci.url': 'https://ci.acme.com/',
      'build.url': 'https://ci.acme.com/job/shop-deploy/4/',
      'build.job.name': 'shop-deploy',
      'build.job.full_name': 'shop-deploy',
      'build.number': 4,
      'build.parameter.deploy_type': 'container',
      'build.parameter.region': 'eu-west-1',
      'cicd.pipeline.name': 'shop-deploy',
      'cicd.pipeline.run.id': '4',
      'cicd.pipeline.run.url.full': 'https://ci.acme.com/job/shop-deploy/4/',
      'deployment.environment.name': 'production',
      'deployment.production': true,
    },
    references: { marker: joined('run:https://ci.acme.com/job/acme/job/shop/job/main/12/') },
    names: [],
  },
  {
    key: 'event:jenkins/deploy/acme/shop/main#12/production-1790000030000',
    operation: 'deploy',
    stage: 'finished',
    observedMillis: START + 90_000,
    opened: { atMillis: START + 30_000, certainty: 'reported' },
    ended: { atMillis: START + 90_000, certainty: 'reported', result: 'success' },
    attributes: {
      service: 'jenkins',
      ...REPOSITORY,
      'event.id': 'acme/shop/main#12/production-1790000030000',
      'event.type': 'deploy',
      'event.url': 'https://ci.acme.com/job/acme/job/shop/job/main/12/',
      'scm.head.sha': SHA,
      'vcs.ref.head.revision': SHA,
      'build.url': 'https://ci.acme.com/job/acme/job/shop/job/main/12/',
      'build.parameter.deploy_type': 'ami',
      'cicd.pipeline.run.id': 'acme/shop/main#12/production-1790000030000',
      'cicd.pipeline.run.url.full': 'https://ci.acme.com/job/acme/job/shop/job/main/12/',
      'deployment.environment.name': 'production',
    },
    references: {
      marker: joined('run:https://ci.acme.com/job/acme/job/shop/job/main/12/'),
      head_sha: lookedUp(`head:${SHA}`),
      merge_sha: lookedUp(`landed:${SHA}`),
    },
    names: [],
  },
  {
    key: 'event:jenkins/build/nightly#3',
    operation: 'build',
    stage: 'finished',
    observedMillis: START + 1_000,
    opened: { atMillis: START, certainty: 'reported' },
    ended: { atMillis: START + 1_000, certainty: 'reported', result: 'cancellation' },
    attributes: {
      service: 'jenkins',
      'event.id': 'nightly#3',
      'event.type': 'build',
      'cicd.pipeline.run.id': 'nightly#3',
    },
    references: {
      traceparent: [{ kind: 'span', traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }],
    },
    names: [],
  },
]

it.each(cases.map(({ name, body }, at) => ({ name, body, expected: EXPECTED[at] })))(
  'takes what the Jenkins library tells of $name',
  ({ body, expected }) => {
    expect(eventOf(body)).toEqual(expected)
  },
)

describe('a run that a plugin reports as well', () => {
  const [, deployed] = cases.map(({ body }) => eventOf(body))
  const told = translateJenkins(
    {
      headers: {},
      query: {},
      pathParameters: {},
      body: Buffer.from(
        JSON.stringify(
          gathererEnd({
            ciUrl: 'https://ci.acme.com/',
            buildUrl: 'job/shop-deploy/4/',
            fullJobName: 'shop-release',
            number: 4,
            result: 'ABORTED',
            endTime: START + 92_000,
            duration: 92_000,
          }),
        ),
      ),
    },
    { githubHost: 'github.com', repositoryOfJob: () => undefined },
  )

  it('is one deploy, with the end that Jenkins tells and the environment that the library does', () => {
    const [reported] = told.kind === 'events' ? told.events : []
    if (deployed === undefined || reported === undefined) throw new Error(told.kind)
    expect(reported.key).toBe(deployed.key)
    const orders = [
      [deployed, reported],
      [reported, deployed],
    ] as const
    for (const [first, second] of orders) {
      const facts = joinFacts(factsOf(first), factsOf(second))
      const [episode] = finishedEpisodes(facts)
      expect([facts.operation, episode?.startMillis, episode?.endMillis, episode?.ending.result]).toEqual([
        'deploy',
        START,
        START + 92_000,
        'cancellation',
      ])
      expect(facts.attributes['deployment.environment.name']?.latest.value).toBe('production')
    }
  })
})
