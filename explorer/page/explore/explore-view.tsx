import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { AttributeNames } from '../../api/attribute-names.ts'
import type { Correlations } from '../../api/correlations.ts'
import type { Histogram } from '../../api/histogram.ts'
import { announce } from '../state/announce.ts'
import { ApiError } from '../state/fetch-json.ts'
import { useStatus } from '../state/status.ts'
import { useApi } from '../state/use-api.ts'
import { formatCount } from '../ui/format.ts'
import { NothingYet } from '../ui/nothing-yet.tsx'
import { Problem } from '../ui/problem.tsx'
import { Title } from '../ui/title.tsx'
import { CriticalPathCard } from './critical-path-card.tsx'
import { ExploreBar } from './explore-bar.tsx'
import { apiPath, type ExploreState, exploreStateOf, populationPath } from './explore-state.ts'
import { FindingsCard } from './findings-card.tsx'
import { GroupsCard } from './groups-card.tsx'
import { HistogramCard } from './histogram-card.tsx'
import { questionOf, selectionWords } from './question.ts'
import { SamplesCard } from './samples-card.tsx'

export const ExploreView = ({ parameters }: { readonly parameters: URLSearchParams }): JSX.Element => {
  const { status } = useStatus()
  const asked = exploreStateOf(parameters)
  if ('problem' in asked) {
    return (
      <>
        <Title text="Explore" />
        <Problem error={new ApiError(400, `This address cannot be read. ${asked.problem}`)} />
      </>
    )
  }
  return (
    <>
      <Title text={questionOf(asked.state.query)} />
      {status !== undefined && status.spans + status.open === 0 ? <NothingYet /> : <Explored state={asked.state} />}
    </>
  )
}

const Explored = ({ state }: { readonly state: ExploreState }): JSX.Element => {
  const { query } = state
  const histogram = useApi<Histogram>(apiPath('histogram', query))
  const correlations = useApi<Correlations>(apiPath('correlations', query))
  const attributes = useApi<AttributeNames>(populationPath('attributes', query))
  const found = correlations.data

  useEffect(() => {
    if (found === undefined || correlations.isLoading) return
    const selected = `${formatCount(found.selection.count, selectionWords(query))} selected`
    announce(`${selected}, ${formatCount(found.passing.length, 'finding')}.`)
  }, [found, correlations.isLoading])

  return (
    <>
      <ExploreBar state={state} attributes={attributes.data?.attributes} />
      <div class="explore-grid">
        <div class="explore-main">
          <HistogramCard state={state} histogram={histogram} selection={found?.selection} />
          <CriticalPathCard query={query} />
        </div>
        <FindingsCard state={state} correlations={correlations} />
      </div>
      <GroupsCard state={state} attributes={attributes.data?.attributes} first={found?.passing[0]} />
      <SamplesCard query={query} />
    </>
  )
}
