import type { JSX } from 'preact'
import type { Correlations } from '../../api.ts'
import type { Loaded as State } from '../state/use-api.ts'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { formatCount, formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { operationPlural } from '../ui/operation.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { type ExploreState, hrefOfState } from './explore-state.ts'
import { Finding } from './finding.tsx'
import { Headline } from './headline.tsx'
import { LeftOut } from './left-out.tsx'
import { selectionWords } from './question.ts'
import { WeakFindings } from './weak-findings.tsx'

interface FindingsCardProps {
  readonly state: ExploreState
  readonly correlations: State<Correlations>
}

/** What the selected ones have in common that the others have not. */
export const FindingsCard = ({ state, correlations }: FindingsCardProps): JSX.Element => (
  <Card
    title="What they have in common"
    note={correlations.data === undefined ? 'Comparing …' : comparedLine(state, correlations.data)}
    isBusy={correlations.isLoading}
    class="findings-card"
  >
    <Loaded from={correlations} skeleton={<Skeleton height={112} lines={4} />}>
      {(data) => (
        <>
          {data.passing.length === 0 ? (
            <NothingPasses state={state} reason={data.reason} />
          ) : (
            <Passing state={state} data={data} />
          )}
          {data.weak.length === 0 ? null : <WeakFindings state={state} weak={data.weak} />}
          <LeftOut correlations={data} operation={state.query.operation} />
        </>
      )}
    </Loaded>
  </Card>
)

const comparedLine = ({ query }: ExploreState, { population, selection }: Correlations): string =>
  `${formatCount(selection.count, selectionWords(query))} compared with the other ${formatNumber(
    Math.max(0, population.count - selection.count),
  )} ${operationPlural(query.operation)}.`

const Passing = ({ state, data }: { readonly state: ExploreState; readonly data: Correlations }): JSX.Element => (
  <>
    {data.passing[0] === undefined ? null : <Headline query={state.query} finding={data.passing[0]} />}
    <ol class="findings">
      {data.passing.map((finding) => (
        <li key={finding.marks.map(({ scope, name, value }) => `${scope}:${name}=${value}`).join()}>
          <Finding state={state} finding={finding} />
        </li>
      ))}
    </ol>
  </>
)

interface NothingPassesProps {
  readonly state: ExploreState
  readonly reason: string | undefined
}

const NothingPasses = ({ state, reason }: NothingPassesProps): JSX.Element => {
  const other = state.query.selection.kind === 'failed' ? 'slow' : 'failed'
  return (
    <Empty title="Nothing stands out">
      <p>{reason ?? 'What the selected ones have in common, the others have as often.'}</p>
      <p>
        Drag over another part of the histogram, or{' '}
        <a href={hrefOfState({ ...state, query: { ...state.query, selection: { kind: other } } })}>
          compare the {other} ones
        </a>
        .
      </p>
    </Empty>
  )
}
