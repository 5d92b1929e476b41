import { refusal } from '../../local/refusal.ts'

/** What AWS and its SDK say, and what to do about it. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/Region is missing/i, 'Name the region with --region or AWS_REGION.'],
  [
    /CredentialsProviderError|Could not load credentials|Could not resolve credentials/i,
    'There are no AWS credentials in this shell: sign in, or set AWS_PROFILE.',
  ],
  [/ExpiredToken|token.*expired/i, 'The AWS credentials of this shell have expired: sign in again.'],
  [
    /UnrecognizedClient|InvalidSignature|InvalidClientTokenId|SignatureDoesNotMatch/i,
    'AWS does not know the credentials of this shell.',
  ],
  [/AccessDenied/i, 'The AWS credentials of this shell may not do this.'],
  [/\b(?:ENOTFOUND|ECONNREFUSED|TimeoutError|EAI_AGAIN|NetworkingError)\b/, 'AWS cannot be reached from here.'],
]

/** What to do about an error of AWS, in a sentence or two. */
export const remedyOf = (error: unknown): string => {
  const said = chainOf(error)
  const remedy = REMEDIES.find(([pattern]) => pattern.test(said))?.[1]
  return remedy === undefined || remedy.includes('may not')
    ? [remedy, `AWS says: ${said}.`].filter(Boolean).join(' ')
    : remedy
}

/** @throws Refusal in place of whatever AWS's client throws; `deed` completes "… cannot be …" */
export const orRefuse = async <T>(deed: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && (error.name === 'Refusal' || error.name === 'Interruption')) throw error
    throw refusal(`${deed}. ${remedyOf(error)}`, error)
  }
}

/** An error comes with what it wraps. */
const chainOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return String(error)
  const [name, message] = ['name' in error ? error.name : '', 'message' in error ? String(error.message) : '']
  const code = 'code' in error ? ` ${error.code}` : ''
  const cause = 'cause' in error && error.cause !== undefined ? `, ${chainOf(error.cause)}` : ''
  return `${name}${code}: ${message.split('\n')[0]?.replace(/\.$/, '')}${cause}`
}
