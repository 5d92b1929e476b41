import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { type Explanation, explain, NOTHING_KNOWN } from '../../lib/delivery/explain.ts'
import type { Source } from '../../lib/delivery/source.ts'
import { sdkClient } from '../../lib/dynamodb/sdk-client.ts'
import { dynamoDbStore } from '../../lib/dynamodb/store.ts'
import { events } from '../../lib/events/source.ts'
import { github } from '../../lib/github/source.ts'
import { jenkins } from '../../lib/jenkins/source.ts'
import { readKnown } from '../../lib/record/known.ts'
import { type ContextStore, StoreUnavailable } from '../../lib/record/ports.ts'
import { jobRepositories } from '../../lib/settings/job-repositories.ts'
import { refusal } from '../../local/refusal.ts'

const SOURCES = { github, jenkins, events } as const satisfies Record<string, Source>
export type SourceName = keyof typeof SOURCES

export interface ExplainOptions {
  /** GitHub's event. */
  readonly event?: string | undefined
  readonly source?: SourceName | undefined
  /** The table that tells what is known of others. */
  readonly table?: string | undefined
}

/** What a payload says, by activity; `ignored` carries the reason that the webhook would be answered with. */
export type Explained =
  | { readonly kind: 'explained'; readonly source: SourceName; readonly activities: readonly Explanation[] }
  | { readonly kind: 'ignored'; readonly source: SourceName; readonly reason: string }

/**
 * What a webhook with this body would do, and why; nothing is verified and nothing written.
 *
 * @throws Refusal when it is malformed, when nobody can tell whose it is, or when the table cannot be read
 */
export const explainPayload = async (body: Buffer, options: ExplainOptions): Promise<Explained> => {
  const source = options.source ?? (options.event === undefined ? guessedSource(body) : 'github')
  const translation = SOURCES[source].translate(
    {
      headers: { 'content-type': 'application/json', ...(options.event ? { 'x-github-event': options.event } : {}) },
      query: {},
      pathParameters: {},
      body,
    },
    installation(),
  )
  switch (translation.kind) {
    case 'malformed':
      throw refusal(`This webhook would be refused: ${translation.reason}.`)
    case 'ignored':
      return { kind: 'ignored', source, reason: translation.reason }
    case 'ping':
      return { kind: 'ignored', source, reason: 'a ping tells of no activity' }
    case 'events':
      return { kind: 'explained', source, activities: await explainEvents(translation.events, options.table) }
  }
}

const explainEvents = async (
  events: readonly DeliveryEvent[],
  tableName: string | undefined,
): Promise<readonly Explanation[]> => {
  if (tableName === undefined) return events.map((event) => explain(event, NOTHING_KNOWN))
  const store = dynamoDbStore({ client: sdkClient(), tableName, now: () => Date.now(), ttlSeconds: 0 })
  return Promise.all(events.map((event) => explainWith(store, event, tableName)))
}

const explainWith = async (store: ContextStore, event: DeliveryEvent, tableName: string): Promise<Explanation> => {
  try {
    const { event: relocated, context, known } = await readKnown(store, event)
    return explain(relocated, known, context)
  } catch (cause) {
    if (!(cause instanceof StoreUnavailable)) throw cause
    throw refusal(
      `The table ${tableName} cannot be read (${cause.message}): check its name, AWS_REGION and the credentials of this shell.`,
      cause,
    )
  }
}

const installation = () => {
  const githubHost = process.env.GITHUB_HOST?.toLowerCase() || 'github.com'
  return { githubHost, repositoryOfJob: jobRepositories(process.env.JENKINS_JOB_REPOSITORIES, githubHost) }
}

/** GitHub's payloads are told apart by a header alone, so one that has none is not GitHub's. */
const guessedSource = (body: Buffer): SourceName => {
  const payload = parsed(body)
  const has = (field: string): boolean => typeof payload === 'object' && payload !== null && field in payload
  if (has('ciUrl') || has('buildUrl') || has('build')) return 'jenkins'
  if (has('status') || has('specversion') || has('context')) return 'events'
  if (has('repository') || has('sender')) {
    throw refusal("This looks like GitHub's: say which event it is, for example --event pull_request.")
  }
  throw refusal('Nothing in this payload tells whose it is: say --source github, jenkins or events.')
}

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch (cause) {
    throw refusal('The payload is not JSON.', cause)
  }
}
