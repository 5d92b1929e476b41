import type { JSX } from 'preact'
import type { Flow } from '../../api/flow.ts'
import { ApiError } from '../state/fetch-json.ts'
import { useStatus } from '../state/status.ts'
import { useApi } from '../state/use-api.ts'
import { Loaded } from '../ui/loaded.tsx'
import { NothingYet } from '../ui/nothing-yet.tsx'
import { Problem } from '../ui/problem.tsx'
import { Title } from '../ui/title.tsx'
import { FlowBar } from './flow-bar.tsx'
import { FlowSkeleton } from './flow-skeleton.tsx'
import { type FlowState, flowPath, flowStateOf } from './flow-state.ts'
import { OperationCharts } from './operation-charts.tsx'
import { SplitTable } from './split-table.tsx'
import { Tiles } from './tiles.tsx'
import { WorkInProgress } from './work-in-progress.tsx'

export const FlowView = ({ parameters }: { readonly parameters: URLSearchParams }): JSX.Element => {
  const { status } = useStatus()
  const asked = flowStateOf(parameters)
  return (
    <>
      <Title text="How work flows" />
      {'problem' in asked ? (
        <Problem error={new ApiError(400, `This address cannot be read. ${asked.problem}`)} />
      ) : status !== undefined && status.spans + status.open === 0 ? (
        <NothingYet />
      ) : (
        <Flowing state={asked.state} />
      )}
    </>
  )
}

const Flowing = ({ state }: { readonly state: FlowState }): JSX.Element => {
  const flow = useApi<Flow>(flowPath(state))
  return (
    <>
      <FlowBar state={state} interval={flow.data?.interval} />
      <Loaded from={flow} skeleton={<FlowSkeleton />}>
        {(data) => (
          <div class={`stack ${flow.isLoading ? 'is-busy' : ''}`} aria-busy={flow.isLoading}>
            <Tiles state={state} flow={data} />
            {state.by === undefined ? null : <SplitTable by={state.by} flow={data} />}
            <OperationCharts flow={data} />
            <WorkInProgress flow={data} />
          </div>
        )}
      </Loaded>
    </>
  )
}
