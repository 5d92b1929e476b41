import { type Answered, type Transport, timeoutError, transport } from '../http/post.ts'
import { credentialsOf, type Environment, endpointOf, regionOf, type ServiceName } from './endpoint.ts'
import { type LeftMillis, type Patience, retried } from './retry.ts'
import { type Sign, signer } from './signature.ts'

/** What tells AWS's JSON services apart. */
export interface ServiceShape extends ServiceName {
  /** The version of the protocol: of DynamoDB 1.0, of most others 1.1. */
  readonly protocol: '1.0' | '1.1'
  /** What stands before the name of an operation in `x-amz-target`. */
  readonly target: string
}

export interface JsonService {
  /**
   * What an operation answers, as it came.
   *
   * @throws AwsError when the service refuses; another error when it cannot be reached in time
   */
  readonly call: (operation: string, input: object, leftMillis?: LeftMillis) => Promise<unknown>
  /** Opens a connection before it is needed; the first call waits for it, since otherwise it would open another. */
  readonly warm: () => void
}

/** What a service has answered in place of a result; the name is the service's own, such as `ThrottlingException`. */
export class AwsError extends Error {
  readonly status: number
  constructor(name: string, message: string, status: number) {
    super(message)
    this.name = name
    this.status = status
  }
}

/** For one attempt. The SDK would wait for as long as the other side likes. */
const TIMEOUT_MILLIS = 2_000
const PATIENCE: Patience = { attempts: 5, firstPauseMillis: 50, longestPauseMillis: 1_000, random: Math.random }

/**
 * Calls to a service of AWS's that speaks JSON: signed, over connections that are kept, tried again when throttled or lost
 * on the way. What the functions need of AWS's SDK, which is five times of what a function otherwise loads, and takes
 * twice the CPU of a call; all else uses the SDK. `docs/performance.md` has the figures.
 *
 * @throws when the environment names no region, or an endpoint that is no URL
 */
export const jsonService = (shape: ServiceShape, env: Environment): JsonService => {
  const url = endpointOf(env, shape)
  const sign = signer({ region: regionOf(env), service: shape.host })
  const way = transport(url)
  let warming: Promise<void> | undefined
  return {
    call: async (operation, input, leftMillis) => {
      if (warming !== undefined) {
        await warming
        warming = undefined
      }
      const once = () => called({ shape, url, sign, way, env }, operation, input, leftMillis)
      return retried(once, isTransient, PATIENCE, leftMillis)
    },
    warm: () => {
      warming = way.warm()
    },
  }
}

interface Parts {
  readonly shape: ServiceShape
  readonly url: URL
  readonly sign: Sign
  readonly way: Transport
  readonly env: Environment
}

/** Signed anew at each try, since a signature is good for some minutes only. */
const called = async (
  { shape: { protocol, target }, url, sign, way, env }: Parts,
  operation: string,
  input: object,
  leftMillis: LeftMillis = () => TIMEOUT_MILLIS,
): Promise<unknown> => {
  const timeoutMillis = Math.min(TIMEOUT_MILLIS, leftMillis())
  if (timeoutMillis <= 0) throw timeoutError(0)
  const body = JSON.stringify(input)
  const headers = {
    host: url.host,
    'content-type': `application/x-amz-json-${protocol}`,
    'x-amz-target': `${target}.${operation}`,
  }
  const answer = await way.post({
    headers: sign({ headers, body }, credentialsOf(env), Date.now()),
    body,
    timeoutMillis,
  })
  return resultOf(answer)
}

const resultOf = ({ status, text }: Answered): unknown => {
  if (status >= 200 && status < 300) return text === '' ? {} : JSON.parse(text)
  const { __type: type, message } = errorIn(text)
  // A namespace stands before the name: `com.amazonaws.dynamodb.v20120810#ThrottlingException`.
  const name = typeof type === 'string' ? type.slice(type.lastIndexOf('#') + 1) : `HTTP ${status}`
  throw new AwsError(name, typeof message === 'string' ? message : '', status)
}

/** What stands between may answer in HTML. */
const errorIn = (text: string): { readonly __type?: unknown; readonly message?: unknown } => {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? parsed : {}
  } catch {
    return {}
  }
}

const THROTTLED: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'Throttling',
  'TransactionInProgressException',
])

/** An answer that says so, or none: whatever goes wrong on the way, which Node gives a code, may go right the next time. */
const isTransient = (error: unknown): boolean => {
  if (error instanceof AwsError) return error.status >= 500 || error.status === 429 || THROTTLED.has(error.name)
  return typeof error === 'object' && error !== null && 'code' in error
}
