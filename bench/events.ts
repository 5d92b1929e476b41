import { createHmac } from 'node:crypto'
import examples from '@octokit/webhooks-examples'
import * as z from 'zod/mini'

export const SECRET = 'bench'
export type Kind =
  | 'issue start'
  | 'issue finish'
  | 'pull request start'
  | 'pull request finish'
  | 'build start'
  | 'build finish'

/** What a measurement hands to a function: first, unmeasured, what has to be there before. */
export interface Events {
  readonly before: readonly object[]
  readonly events: readonly object[]
}

const example = z.looseObject({
  action: z.string(),
  issue: z.optional(z.looseObject({})),
  pull_request: z.optional(z.looseObject({})),
})
const HOME = 'https://github.com/Codertocat/Hello-World'
const [OPENED, CLOSED] = ['2019-05-15T15:20:18Z', '2019-05-16T10:00:00Z']

/**
 * Signed events of distinct activities, as API Gateway hands them over; recorded payloads with other numbers. Of a finish
 * the starts come before; of a pull request, which closes an issue, the issues.
 */
export const eventsOf = (kind: Kind, count: number, parents = count): Events => {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const issues = (state: State) => numbers.slice(0, parents).map((number) => issueEvent(number, state))
  const pulls = (state: State) => numbers.map((number) => pullRequestEvent(number, ((number - 1) % parents) + 1, state))
  const builds = (state: State) => numbers.map((number) => buildEvent(number, ((number - 1) % parents) + 1, state))
  switch (kind) {
    case 'issue start':
      return { before: [], events: issues('open') }
    case 'issue finish':
      return { before: issues('open'), events: issues('closed') }
    case 'pull request start':
      return { before: issues('open'), events: pulls('open') }
    case 'pull request finish':
      return { before: [...issues('open'), ...pulls('open')], events: pulls('closed') }
    case 'build start':
      return { before: [...issues('open'), ...pulls('open')], events: builds('open') }
    case 'build finish':
      return { before: [...issues('open'), ...pulls('open'), ...builds('open')], events: builds('closed') }
  }
}

type State = 'open' | 'closed'

const closing = (state: State): object =>
  state === 'open'
    ? { state, created_at: OPENED, updated_at: OPENED, closed_at: null }
    : { state, created_at: OPENED, updated_at: CLOSED, closed_at: CLOSED }

const issueEvent = (number: number, state: State): object => {
  const payload = recorded('issues', 'opened')
  const issue = { ...payload.issue, number, html_url: `${HOME}/issues/${number}`, ...closing(state) }
  return github('issues', { ...payload, action: actionOf(state), issue })
}

const pullRequestEvent = (number: number, issue: number, state: State): object => {
  const payload = recorded('pull_request', 'opened')
  const own = 100_000 + number
  const pull = {
    ...payload.pull_request,
    number: own,
    html_url: `${HOME}/pull/${own}`,
    body: `Closes #${issue}`,
    ...closing(state),
  }
  return github('pull_request', { ...payload, action: actionOf(state), number: own, pull_request: withHead(pull, own) })
}

/** A branch and a head of its own. */
const withHead = (pull: { readonly [name: string]: unknown }, number: number): object => ({
  ...pull,
  head: { ...z.parse(z.looseObject({}), pull.head), ref: `work-${number}`, sha: number.toString(16).padStart(40, '0') },
})

const buildEvent = (number: number, pull: number, state: State): object => {
  const body = JSON.stringify({
    ciUrl: 'https://ci.acme.com/',
    jobName: `PR-${100_000 + pull}`,
    fullJobName: `codertocat/hello-world/PR-${100_000 + pull}`,
    number,
    buildUrl: `job/codertocat/job/hello-world/job/PR-${100_000 + pull}/${number}/`,
    result: state === 'open' ? 'INPROGRESS' : 'SUCCESS',
    startTime: Date.parse(CLOSED),
    endTime: Date.parse(CLOSED) + (state === 'open' ? 250 : 300_000),
    duration: state === 'open' ? 0 : 300_000,
    queueTime: 4200,
    buildCause: 'Started by user Ada',
    slaveInfo: { slaveName: 'linux-1', executor: '0', label: 'linux' },
    parameters: { suite: 'full', deploy_type: 'ami' },
    scmInfo: {
      url: `${HOME}.git`,
      branch: `origin/work-${100_000 + pull}`,
      commit: (100_000 + pull).toString(16).padStart(40, '0'),
    },
    buildFailureCauses: [],
  })
  return gateway('POST /jenkins', body, {}, { token: SECRET })
}

const actionOf = (state: State): string => (state === 'open' ? 'opened' : 'closed')

const recorded = (name: string, action: string): z.infer<typeof example> => {
  const all = examples.find((found) => found.name === name)?.examples ?? []
  const payload = all
    .map((each) => example.safeParse(each))
    .find(({ success, data }) => success && data.action === action)?.data
  if (payload === undefined) throw new Error(`no recorded ${name} that was ${action}`)
  return payload
}

const github = (event: string, payload: object): object => {
  const body = JSON.stringify(payload)
  const signature = createHmac('sha256', SECRET).update(body).digest('hex')
  return gateway('POST /github', body, { 'x-github-event': event, 'x-hub-signature-256': `sha256=${signature}` }, {})
}

const gateway = (routeKey: string, body: string, headers: object, queryStringParameters: object): object => ({
  version: '2.0',
  routeKey,
  headers: { 'content-type': 'application/json', ...headers },
  queryStringParameters,
  body,
  isBase64Encoded: false,
})
