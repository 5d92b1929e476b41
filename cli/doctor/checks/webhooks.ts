import { type Finding, ok, problem, warning } from '../finding.ts'

export interface Answered {
  readonly status: number
  /** The clock of who answers, epoch milliseconds, in whole seconds; undefined where it says nothing. */
  readonly dateMillis?: number
}

/** Posts it unsigned. @throws when nothing answers */
export type Post = (url: string, body: string) => Promise<Answered>

/** From here on signatures with a time, as events have it, are refused: five minutes. */
const OFF_MILLIS = 60_000

/**
 * Whether each address is there and refuses what nobody has signed, and an address that is none is none. Each probe counts
 * as one refused signature.
 */
export const webhookFindings = async (
  addresses: Readonly<Record<'github' | 'jenkins' | 'events', string>>,
  post: Post,
  now: () => number,
): Promise<readonly Finding[]> => {
  const nowhere = new URL('nothing-is-here', addresses.github).href
  const probes = [
    ...Object.entries(addresses).map(([name, url]) => ({ name, url, status: 401 })),
    { name: 'a wrong path', url: nowhere, status: 404 },
  ]
  const findings: Finding[] = []
  let clock: Finding | undefined
  for (const { name, url, status } of probes) {
    const answered = await answerOf(post, url)
    findings.push(findingOf(name, url, status, answered))
    if (typeof answered !== 'string') clock ??= clockFinding(answered.dateMillis, now())
  }
  return [...findings, ...(clock === undefined ? [] : [clock])]
}

const answerOf = async (post: Post, url: string): Promise<Answered | string> => {
  try {
    return await post(url, '{}')
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return cause instanceof Error ? cause.message : String(cause)
  }
}

const findingOf = (name: string, url: string, wanted: number, answered: Answered | string): Finding => {
  if (typeof answered === 'string') {
    return problem(
      'webhooks',
      `${url} cannot be reached: ${answered}.`,
      'Is the address right, and is a proxy in between?',
    )
  }
  const { status } = answered
  if (status === wanted) {
    return ok('webhooks', wanted === 401 ? `${name} refuses what nobody has signed.` : `${name} is answered ${status}.`)
  }
  if (status >= 500)
    return problem('webhooks', `${name} answers ${status}.`, 'The log of the function says why: docs/operations.md.')
  return problem('webhooks', `${name} answers ${status}, and not ${wanted}.`, 'Is something else at this address?')
}

const clockFinding = (dateMillis: number | undefined, nowMillis: number): Finding | undefined => {
  if (dateMillis === undefined) return undefined
  // The header has whole seconds, and the answer has taken its time.
  const off = Math.abs(nowMillis - dateMillis)
  const seconds = Math.round(off / 1000)
  return off < OFF_MILLIS
    ? ok('clock', `The clock of this machine is right${seconds > 2 ? ` to ${seconds} s` : ''}.`)
    : warning(
        'clock',
        `The clock of this machine is ${seconds} s off.`,
        'Set it: what it signs is refused from five minutes on.',
      )
}

const TIMEOUT_MILLIS = 20_000

export const postUnsigned: Post = async (url, body) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MILLIS),
  })
  await response.body?.cancel()
  const date = Date.parse(response.headers.get('date') ?? '')
  return { status: response.status, ...(Number.isNaN(date) ? {} : { dateMillis: date }) }
}
