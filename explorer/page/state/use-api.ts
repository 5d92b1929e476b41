import { useCallback, useEffect, useState } from 'preact/hooks'
import { useDataVersion } from './data-version.ts'
import { ApiError, fetchJson } from './fetch-json.ts'

export interface Loaded<T> {
  /** Of the last request that was answered, so that what is shown stays until there is something newer. */
  readonly data?: T
  readonly error?: ApiError
  readonly isLoading: boolean
  readonly retry: () => void
}

interface Kept<T> {
  readonly key?: string
  readonly data?: T
  readonly error?: ApiError
}

/**
 * What the API answers to a GET, or to a POST where there is a body. A request that nobody waits for any more is aborted.
 * Without a path nothing is asked.
 */
export const useApi = <T>(path: string | undefined, body?: string): Loaded<T> => {
  const version = useDataVersion()
  const [tries, setTries] = useState(0)
  const [kept, setKept] = useState<Kept<T>>({})
  const key = `${version} ${tries} ${path} ${body}`

  useEffect(() => {
    if (path === undefined) return
    const abort = new AbortController()
    fetchJson<T>(path, { signal: abort.signal, ...(body === undefined ? {} : postOf(body)) })
      .then((data) => setKept({ key, data }))
      .catch((cause: unknown) => {
        if (abort.signal.aborted) return
        setKept({ key, error: cause instanceof ApiError ? cause : new ApiError(0, String(cause)) })
      })
    return () => abort.abort()
  }, [key])

  const retry = useCallback(() => setTries((count) => count + 1), [])
  const { data, error } = kept
  return {
    ...(data === undefined ? {} : { data }),
    ...(error === undefined ? {} : { error }),
    isLoading: path !== undefined && kept.key !== key,
    retry,
  }
}

const postOf = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
})
