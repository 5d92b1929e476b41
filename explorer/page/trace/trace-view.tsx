import type { JSX } from 'preact'
import type { Trace } from '../../api/trace.ts'
import { formatDuration } from '../../duration.ts'
import { type Loaded as State, useApi } from '../state/use-api.ts'
import { Empty } from '../ui/empty.tsx'
import { formatCount } from '../ui/format.ts'
import { Moment } from '../ui/moment.tsx'
import { Problem } from '../ui/problem.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Title } from '../ui/title.tsx'
import { SpanDetail } from './span-detail.tsx'
import { goTrace, type TraceState, traceStateOf, withSpan } from './trace-state.ts'
import { Waterfall } from './waterfall.tsx'

interface TraceViewProps {
  readonly traceId: string
  readonly parameters: URLSearchParams
}

export const TraceView = ({ traceId, parameters }: TraceViewProps): JSX.Element => {
  const trace = useApi<Trace>(`/api/traces/${traceId}`)
  if (trace.error?.status === 404) return <NoTrace />
  return (
    <>
      <Title text={trace.data?.title ?? 'Trace'} />
      <Shown trace={trace} state={traceStateOf(traceId, parameters)} />
    </>
  )
}

const Shown = ({
  trace: { data, error, retry },
  state,
}: {
  readonly trace: State<Trace>
  readonly state: TraceState
}): JSX.Element => {
  if (error !== undefined) return <Problem error={error} retry={retry} />
  if (data === undefined) {
    return (
      <>
        <p class="lead">Loading …</p>
        <div class="card">
          <Skeleton height={36} lines={8} />
        </div>
      </>
    )
  }
  const span = data.spans.find(({ spanId }) => spanId === state.spanId)
  return (
    <>
      <p class="lead">
        <Moment millis={data.startMillis} /> · <strong>{formatDuration(data.endMillis - data.startMillis)}</strong> ·{' '}
        {formatCount(data.spans.length, 'span')} · <a href={`/api/traces/${data.traceId}`}>as JSON</a>
      </p>
      <div class={`trace-grid ${span === undefined ? '' : 'has-detail'}`}>
        <Waterfall trace={data} state={state} />
        {span === undefined ? null : (
          <SpanDetail key={span.spanId} span={span} onClose={() => goTrace(withSpan(state, undefined))} />
        )}
      </div>
    </>
  )
}

const NoTrace = (): JSX.Element => (
  <>
    <Title text="There is no such trace" />
    <div class="card">
      <Empty title="It may not have arrived yet, or it is of another table">
        <p>
          Look for it in <a href="/explore">Explore</a>.
        </p>
      </Empty>
    </div>
  </>
)
