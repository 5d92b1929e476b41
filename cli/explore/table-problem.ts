import type { ContextFeed } from '../../lib/record/ports.ts'
import { refusal } from '../../local/refusal.ts'

/** What AWS says, and what to do about it. Source: the SDK's and DynamoDB's names of their errors. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/Region is missing/i, 'Name its region with --region or AWS_REGION.'],
  [
    /CredentialsProviderError|Could not load credentials/i,
    'There are no AWS credentials in this shell: sign in, or set AWS_PROFILE.',
  ],
  [/ExpiredToken|token.*expired/i, 'The AWS credentials of this shell have expired: sign in again.'],
  [/UnrecognizedClient|InvalidSignature|InvalidClientTokenId/i, 'AWS does not know the credentials of this shell.'],
  [
    /AccessDenied/i,
    'These credentials may not read it: they need dynamodb:Query on its index "changes" and dynamodb:BatchGetItem on the table.',
  ],
  [/ResourceNotFound/i, 'There is no such table in this region: its name is the output TableName of the stack.'],
  [
    /ValidationException/i,
    'It has no index "changes": deploy this version of ValueStream once, which adds it, and try again.',
  ],
  [/ENOTFOUND|ECONNREFUSED|TimeoutError|EAI_AGAIN|NetworkingError/i, 'AWS cannot be reached from here.'],
]

/** Reads nothing much of the table. @throws Refusal when it cannot be read, with what to do about it */
export const checkTable = async (feed: ContextFeed, tableName: string, nowMillis: number): Promise<void> => {
  try {
    for await (const _page of feed.changes(nowMillis)) break
  } catch (error) {
    throw refusal(`The table ${tableName} cannot be read. ${remedyFor(error)}`, error)
  }
}

/** An error comes with what it wraps. */
export const remedyFor = (error: unknown): string => {
  const said = chainOf(error)
  return REMEDIES.find(([pattern]) => pattern.test(said))?.[1] ?? `AWS says: ${said}.`
}

const chainOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return String(error)
  const [name, message] = ['name' in error ? error.name : '', 'message' in error ? error.message : '']
  const cause = 'cause' in error && error.cause !== undefined ? `, ${chainOf(error.cause)}` : ''
  return `${name}: ${message}${cause}`
}
