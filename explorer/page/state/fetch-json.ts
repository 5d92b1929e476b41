/** What the API says is wrong; its message says what to do. */
export class ApiError extends Error {
  readonly status: number
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ApiError'
    this.status = status
  }
}

const UNREACHABLE = 'The explorer does not answer. Is it still running? Start it again and this page goes on.'

/**
 * Asks the explorer's own API, which answers as explorer/api/ says.
 *
 * @throws ApiError; and what `fetch` throws when it is aborted
 */
export const fetchJson = async <T>(path: string, init: RequestInit): Promise<T> => {
  const response = await fetch(path, init).catch((cause) => {
    if (init.signal?.aborted) throw cause
    throw new ApiError(0, UNREACHABLE, { cause })
  })
  if (!response.ok) throw new ApiError(response.status, await messageOf(response))
  const body: T = await response.json()
  return body
}

const messageOf = async (response: Response): Promise<string> => {
  const body: unknown = await response.json().catch(() => undefined)
  const hasMessage = typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
  return hasMessage ? String(body.message) : `The explorer answered ${response.status}.`
}
