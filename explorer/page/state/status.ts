import { useEffect } from 'preact/hooks'
import type { Status } from '../../api/status.ts'
import { loadNewData } from './data-version.ts'
import { ApiError, fetchJson } from './fetch-json.ts'
import { signalOf, useSignal } from './signal.ts'

/** How often the explorer is asked whether something has arrived, while the page is in front. */
const PERIOD_MILLIS = 4000

export interface StatusState {
  readonly status?: Status
  readonly error?: ApiError
  /** What the page shows was loaded when this many spans were there. */
  readonly shownSpans?: number
}

const state = signalOf<StatusState>({})
export const useStatus = (): StatusState => useSignal(state)

const countOf = ({ spans, open }: Status): number => spans + open

const received = (status: Status) => {
  const { shownSpans, error } = state.get()
  const count = countOf(status)
  // An empty page has nothing that could jump, and one that could not load has nothing to lose.
  const isToLoad = count > 0 && (shownSpans === 0 || error !== undefined)
  state.set({ status, shownSpans: isToLoad ? count : (shownSpans ?? count) })
  if (isToLoad) loadNewData()
}

const failed = (cause: unknown) => {
  const error = cause instanceof ApiError ? cause : new ApiError(0, String(cause))
  state.set({ ...state.get(), error })
}

const ask = (signal: AbortSignal) =>
  fetchJson<Status>('/api/status', { signal }).then(received, (cause: unknown) => {
    if (!signal.aborted) failed(cause)
  })

/** Asks at once and then again and again, never twice at a time. */
export const useStatusPolling = (): void => {
  useEffect(() => {
    const abort = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const tick = async () => {
      if (document.visibilityState === 'visible') await ask(abort.signal)
      if (!abort.signal.aborted) timer = setTimeout(() => void tick(), PERIOD_MILLIS)
    }
    void tick()
    return () => {
      abort.abort()
      clearTimeout(timer)
    }
  }, [])
}

/** Shows what has arrived since the page was loaded. */
export const showNewData = (): void => {
  const { status } = state.get()
  if (status !== undefined) state.set({ status, shownSpans: countOf(status) })
  loadNewData()
}

/** How many spans have arrived that the page does not show yet. */
export const newSpansOf = ({ status, shownSpans }: StatusState): number =>
  status === undefined || shownSpans === undefined ? 0 : Math.max(0, countOf(status) - shownSpans)
