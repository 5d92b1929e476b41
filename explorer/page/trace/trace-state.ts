import { hrefOf, navigate } from '../state/location.ts'
import { rowsIn, setRows } from '../ui/more-rows.tsx'

/** What of a trace is seen: which span's details, and which spans hide what is below them. */
export interface TraceState {
  readonly traceId: string
  readonly spanId?: string
  readonly closed: readonly string[]
  /** As many rows as are drawn at most. */
  readonly rows: number
}

export const traceStateOf = (traceId: string, parameters: URLSearchParams): TraceState => {
  const spanId = parameters.get('span')
  return { traceId, ...(spanId ? { spanId } : {}), closed: parameters.getAll('closed'), rows: rowsIn(parameters) }
}

/** Looking around in a trace is one step of going back, however many spans were looked at. */
export const goTrace = ({ traceId, spanId, closed, rows }: TraceState): void => {
  const parameters = new URLSearchParams()
  if (spanId !== undefined) parameters.set('span', spanId)
  for (const id of closed) parameters.append('closed', id)
  setRows(parameters, rows)
  navigate(hrefOf(`/traces/${traceId}`, parameters), { replace: true })
}

export const withSpan = ({ spanId: _before, ...state }: TraceState, spanId: string | undefined): TraceState => ({
  ...state,
  ...(spanId === undefined ? {} : { spanId }),
})

export const withClosed = (state: TraceState, spanId: string, isClosed: boolean): TraceState => ({
  ...state,
  closed: [...state.closed.filter((id) => id !== spanId), ...(isClosed ? [spanId] : [])],
})
